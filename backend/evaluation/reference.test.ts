import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createForecaster, type History } from '../forecasting/index.ts';
import { readCsvTable } from '../sources/csv/index.ts';
import { CRPS_LEVELS } from '../statistics/index.ts';
import { backtest } from './index.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/data/gift-cloudops/', import.meta.url));

/** File, horizon, windows, season; then MASE, CRPS and the share inside the 80 % band, from shared/data/README.md. */
const REFERENCE: ReadonlyArray<readonly [string, number, number, number, number, number, number]> = [
  ['bizitobs_application_10S', 60, 15, 360, 0.8482, 0.0126, 96.8],
  ['bizitobs_application_10S', 600, 2, 360, 0.843, 0.0128, 98.0],
  ['bizitobs_application_10S', 900, 1, 360, 0.7487, 0.0129, 99.1],
  ['bizitobs_l2c_5T', 48, 20, 288, 0.9452, 0.5317, 83.9],
  ['bizitobs_l2c_5T', 480, 7, 288, 1.2341, 0.7303, 80.3],
  ['bizitobs_l2c_5T', 720, 5, 288, 1.4958, 0.8348, 80.0],
  ['bizitobs_l2c_H', 48, 6, 24, 1.3284, 0.7762, 79.1],
  ['bizitobs_l2c_H', 480, 1, 24, 1.616, 1.1168, 95.2],
  ['bizitobs_l2c_H', 720, 1, 24, 1.2802, 1.0134, 97.0],
  ['bitbrains_rnd_5T', 48, 18, 288, 0.9734, 1.076, 90.8],
  ['bitbrains_rnd_5T', 480, 2, 288, 1.0414, 1.0133, 93.0],
  ['bitbrains_rnd_5T', 720, 2, 288, 1.418, 1.3653, 94.2],
  ['bitbrains_rnd_H', 48, 2, 24, 1.6924, 0.9423, 90.4],
];

for (const [file, horizon, windowCount, seasonSteps, mase, crps, coverage] of REFERENCE) {
  const path = `${FOLDER}${file}.csv.gz`;
  const skip = existsSync(path) ? false : `${path} is not here`;
  test(`Seasonal-Naive on ${file}, horizon ${String(horizon)}, is as published`, { skip }, async () => {
    const [scores] = await backtest({
      series: await readSeries(path),
      models: [createForecaster('seasonal-naive')],
      horizon,
      windowCount,
      seasonSteps,
      levels: CRPS_LEVELS,
      seed: 1,
      monotonicSeconds: () => 0,
      signal: new AbortController().signal,
    });
    assert.equal(scores!.mase!.toFixed(4), mase.toFixed(4));
    assert.equal(scores!.crps!.toFixed(4), crps.toFixed(4));
    assert.equal((100 * scores!.coverage['0.8']!).toFixed(1), coverage.toFixed(1));
  });
}

async function readSeries(path: string): Promise<ReadonlyMap<string, History>> {
  const { grid, columns } = await readCsvTable(path);
  return new Map(Array.from(columns, ([name, values]) => [name, { target: { grid, values } }]));
}

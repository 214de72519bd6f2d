import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { addScores, crps, CRPS_LEVELS, emptyScores } from '../../statistics/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { createForecaster } from '../createForecaster.ts';
import type { History } from '../history.ts';
import { historyUntil } from '../historyUntil.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/data/bitbrains-2013-08/', import.meta.url));
/** Taken as they come, without a choice. */
const EVERY = 12;
const HORIZON = 288;
const WINDOWS = 2;

async function machine(name: string): Promise<History> {
  const text = gunzipSync(await readFile(FOLDER + name)).toString('utf8');
  const [header, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const column = (wanted: string): Series => {
    const at = header!.indexOf(wanted);
    const values = Float64Array.from(rows, (row) => (row[at] === '' ? Number.NaN : Number(row[at])));
    return { grid: { startSeconds: Date.parse(rows[0]![0]!) / 1000, stepSeconds: 300, length: values.length }, values };
  };
  return {
    target: column('cpu_usage_mhz'),
    knownCovariates: new Map(['net_rx_kbps', 'net_tx_kbps'].map((lane) => [lane, column(lane)])),
  };
}

test(
  'a day of CPU is forecast better when the network traffic of that day is known (Bitbrains, every twelfth machine pooled)',
  { skip: existsSync(FOLDER) ? false : `no ${FOLDER}: the traces are not part of the project` },
  async (context) => {
    const conditional = emptyScores(CRPS_LEVELS);
    const alone = emptyScores(CRPS_LEVELS);
    const files = (await readdir(FOLDER)).sort().filter((_, place) => place % EVERY === 1);
    for (const name of files) {
      const whole = await machine(name);
      const length = whole.target.values.length;
      for (let window = WINDOWS; window >= 1; window--) {
        const origin = length - window * HORIZON;
        const history = historyUntil(whole, origin, HORIZON);
        const truth = whole.target.values.subarray(origin, origin + HORIZON);
        for (const [scores, model] of [
          [conditional, 'driven'],
          [alone, 'cycles'],
        ] as const) {
          const predictor = await createForecaster(model).fit(history, { horizon: HORIZON, seed: 1, seasonSteps: 288 });
          const { values } = await predictor.predict(history, { horizon: HORIZON, levels: CRPS_LEVELS });
          addScores(scores, values, truth);
        }
      }
    }
    context.diagnostic(
      `CRPS ${crps(conditional)!.toFixed(3)} with the network known, ${crps(alone)!.toFixed(3)} without`
    );
    assert.ok(crps(conditional)! < 0.95 * crps(alone)!);
  }
);

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createForecaster } from '../forecasting/index.ts';
import { readCsvTable } from '../sources/csv/index.ts';
import { resampleMean, seriesSlice, type Series } from '../timeseries/index.ts';
import { backtest, type ModelScores } from './index.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const REQUESTS = [
  'data-ingress-01',
  'data-ingress-02',
  'data-ingress-03',
  'ecommerce-api',
  'mongodb-application-01',
  'mongodb-application-02',
  'worldcup98',
].map((name) => [`request-rates/${name}`, 'requests'] as const);
const MACHINE = ['bitbrains-2013-08/vm001', 'cpu_usage_pct'] as const;

const DAY = 86_400;
const ORIGINS = 3;
const HISTORY_DAYS = 21;
const LEAST_STEP = 300;

const skip = existsSync(`${FOLDER}request-rates`) ? false : `${FOLDER}request-rates is not here`;

test(
  'a day ahead, auto beats seasonal-naive on most request traces, and its band holds its share',
  { skip },
  async () => {
    const results = await Promise.all([...REQUESTS, MACHINE].map(([file, column]) => scores(file, column)));
    const wins = (score: 'mase' | 'crps'): number =>
      results.slice(0, REQUESTS.length).filter(({ naive, auto }) => auto[score]! < naive[score]!).length;
    assert.ok(wins('mase') >= 5, `better MASE on ${String(wins('mase'))} of 7`);
    assert.ok(wins('crps') >= 5, `better CRPS on ${String(wins('crps'))} of 7`);
    const inside = results.reduce((sum, { auto }) => sum + auto.coverage['0.8']! / results.length, 0);
    assert.ok(inside > 0.7 && inside < 0.9, `${String(inside)} inside the central 80 % band`);
  }
);

/** Scores on the last three days of a trace, each seen from its start with three weeks of history. */
async function scores(file: string, column: string): Promise<{ naive: ModelScores; auto: ModelScores }> {
  const { grid, columns } = await readCsvTable(`${FOLDER}${file}.csv.gz`);
  const whole: Series = { grid, values: columns.get(column)! };
  const series = grid.stepSeconds < LEAST_STEP ? resampleMean(whole, LEAST_STEP) : whole;
  const day = DAY / series.grid.stepSeconds;
  const length = series.values.length;
  const target = seriesSlice(series, Math.max(0, length - (HISTORY_DAYS + ORIGINS) * day), length);
  const [naive, auto] = await backtest({
    series: new Map([[file, { target }]]),
    models: [createForecaster('seasonal-naive'), createForecaster('auto')],
    horizon: day,
    windowCount: ORIGINS,
    seasonSteps: day,
    levels: [0.1, 0.5, 0.9],
    seed: 1,
    monotonicSeconds: () => 0,
    signal: new AbortController().signal,
  });
  return { naive: naive!, auto: auto! };
}

/**
 * Accuracy on the request-rate traces and the NAB series: a day ahead from origins in the last 30 % of each, scored over
 * the first hour and over the day, beside seasonal-naive and beside R's models.
 *
 * `node bench/accuracy/traces.ts [--models a,b] [--peers a,b] [--artefacts DIR] [--only TEXT] [--origins N] [--choosing]
 * [--json FILE]`:
 * our models as `headroom backtest` has them (its command line can be repeated on the CSV that is written to `--cache`);
 * `--choosing` cuts the last 30 % off each trace first, to choose settings by what is not reported;
 * peers are `r-auto.arima` (Fourier terms of day and week with ARIMA errors, on the last week), `r-stlf`, `r-ets`,
 * `r-prophet`, whose forecasts are kept in `--cache`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { namedForecasters } from '../../backend/commands/forecasting/namedForecasters.ts';
import { addForecast, emptySums, scoresOf } from '../../backend/evaluation/index.ts';
import { historyUntil } from '../../backend/forecasting/index.ts';
import { CRPS_LEVELS, meanSeasonalDifference } from '../../backend/statistics/index.ts';
import { geometricMeanOf, meanOf } from './means.ts';
import { peerForecasts } from './peerForecasts.ts';
import { textTable } from './textTable.ts';
import { traceCases, type TraceCase } from './traceCases.ts';

const LEVELS = [0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975];
const BASELINE = 'seasonal-naive';
const HOUR_SECONDS = 3600;

const { values: options } = parseArgs({
  options: {
    models: { type: 'string', default: 'cycles,ets,mstl,prophet,lstm,transformer,auto' },
    peers: { type: 'string', default: 'r-stlf,r-auto.arima' },
    artefacts: { type: 'string' },
    only: { type: 'string', default: '' },
    origins: { type: 'string', default: '4' },
    choosing: { type: 'boolean', default: false },
    cache: { type: 'string', default: join(tmpdir(), 'headroom-peers') },
    json: { type: 'string' },
  },
});

interface Score {
  readonly trace: string;
  readonly group: TraceCase['group'];
  readonly lead: '1h' | '24h';
  readonly model: string;
  readonly crps: number;
  readonly mase: number;
  readonly coverage80: number;
  readonly coverage95: number;
  readonly count: number;
}

const cases = (await traceCases(Number(options.origins), options.choosing)).filter(({ name }) =>
  name.includes(options.only)
);
if (cases.length === 0) {
  process.stdout.write('skipped: ../shared/data is not here, or --only names no trace\n');
} else {
  const names = [BASELINE, ...options.models.split(',').filter((name) => name !== BASELINE && name !== '')];
  const { forecasters } = await namedForecasters(names, options.artefacts);
  mkdirSync(options.cache, { recursive: true });
  const scores: Score[] = [];
  for (const each of cases) {
    for (const forecaster of forecasters) {
      const forecasts = new Map<number, Float64Array>();
      for (const origin of each.origins) {
        const history = historyUntil({ target: each.series }, origin, each.day);
        const predictor = await forecaster.fit(history, { horizon: each.day, seed: 1, seasonSteps: each.day });
        forecasts.set(origin, (await predictor.predict(history, { horizon: each.day, levels: LEVELS })).values);
      }
      scores.push(...leadScores(each, forecaster.name, forecasts));
    }
    for (const peer of options.peers.split(',').filter((name) => name !== '')) {
      const forecasts = peerForecasts(peer, each, options.cache);
      if (forecasts !== undefined) {
        scores.push(...leadScores(each, peer, forecasts));
      }
    }
    process.stderr.write(`${each.name}\n`);
  }
  report(scores);
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(scores, null, 1)}\n`);
  }
}

/** Scored as a backtest is, over the first hour and over the day. */
function leadScores(each: TraceCase, model: string, forecasts: ReadonlyMap<number, Float64Array>): Score[] {
  const hour = Math.max(1, HOUR_SECONDS / each.series.grid.stepSeconds);
  return (['1h', '24h'] as const).map((lead) => {
    const steps = lead === '1h' ? hour : each.day;
    const sums = emptySums(LEVELS);
    for (const [origin, values] of forecasts) {
      const first = new Float64Array(LEVELS.length * steps);
      LEVELS.forEach((_, row) => {
        first.set(values.subarray(row * each.day, row * each.day + steps), row * steps);
      });
      const scale = meanSeasonalDifference(each.series.values, each.day, origin);
      addForecast(sums, first, each.series.values.subarray(origin, origin + steps), scale);
    }
    const { crps, mase, coverage } = scoresOf(sums, CRPS_LEVELS);
    return {
      trace: each.name,
      group: each.group,
      lead,
      model,
      crps: crps ?? Number.NaN,
      mase: mase ?? Number.NaN,
      coverage80: coverage['0.8'] ?? Number.NaN,
      coverage95: coverage['0.95'] ?? Number.NaN,
      count: sums.quantiles.count,
    };
  });
}

function report(scores: readonly Score[]): void {
  const models = [...new Set(scores.map(({ model }) => model))];
  for (const lead of ['1h', '24h'] as const) {
    const own = scores.filter((each) => each.lead === lead);
    const baselineOf = (trace: string): number =>
      own.find((each) => each.trace === trace && each.model === BASELINE)!.crps;
    const traces = [...new Set(own.map(({ trace }) => trace))];
    const rows = [
      [`CRPS over ${BASELINE}'s, ${lead}`, ...models],
      ...traces.map((trace) => [
        trace,
        ...models.map((model) => {
          const found = own.find((each) => each.trace === trace && each.model === model);
          return found === undefined ? '-' : (found.crps / baselineOf(trace)).toFixed(3);
        }),
      ]),
    ];
    const over = (model: string, group?: string): number[] =>
      own
        .filter((each) => each.model === model && (group === undefined || each.group === group))
        .map((each) => each.crps / baselineOf(each.trace));
    rows.push(['mean', ...models.map((model) => meanOf(over(model)).toFixed(3))]);
    rows.push(['geometric mean', ...models.map((model) => geometricMeanOf(over(model)).toFixed(3))]);
    rows.push(['worst', ...models.map((model) => Math.max(...over(model)).toFixed(3))]);
    const maseOver = (model: string): number[] =>
      own
        .filter((each) => each.model === model)
        .map(
          (each) => each.mase / own.find(({ trace, model: name }) => trace === each.trace && name === BASELINE)!.mase
        );
    rows.push([
      `geometric mean of MASE over ${BASELINE}'s`,
      ...models.map((model) => geometricMeanOf(maseOver(model)).toFixed(3)),
    ]);
    for (const group of new Set(own.map((each) => each.group))) {
      const pooled = (model: string, key: 'coverage80' | 'coverage95'): string => {
        const each = own.filter((one) => one.model === model && one.group === group);
        const count = each.reduce((sum, one) => sum + one.count, 0);
        return `${((100 * each.reduce((sum, one) => sum + one[key] * one.count, 0)) / count).toFixed(1)} %`;
      };
      rows.push([`${group}: inside 80 %`, ...models.map((model) => pooled(model, 'coverage80'))]);
      rows.push([`${group}: inside 95 %`, ...models.map((model) => pooled(model, 'coverage95'))]);
    }
    process.stdout.write(`${textTable(rows)}\n`);
  }
}

/**
 * Whether joint paths know how shortfalls cluster: on held-out real traces, the probability that demand exceeds the
 * forecast's 90 % quantile at least once within a window, ours and that of independent steps, beside what happened.
 *
 * `node bench/simulation/dependence.ts [days of history]`: one origin a day, forecasts by `cycles`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createForecaster, forecastLevel, PUBLISHED_LEVELS, type Forecast } from '../../backend/forecasting/index.ts';
import { estimateDependence, independence, samplePaths, type Dependence } from '../../backend/simulation/index.ts';
import { readCsvTable } from '../../backend/sources/csv/index.ts';
import { resampleMean, seriesSlice } from '../../backend/timeseries/index.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/data/request-rates');
const TRACES = [
  'data-ingress-01',
  'data-ingress-02',
  'data-ingress-03',
  'ecommerce-api',
  'mongodb-application-01',
  'mongodb-application-02',
  'worldcup98',
];
const DAY = 86_400;
const WINDOWS = [3600, 6 * 3600, DAY];
const PATHS = 1000;
const [historyDays = 21] = process.argv.slice(2).map(Number);

interface Tally {
  count: number;
  observed: number;
  joint: number;
  independent: number;
  jointBrier: number;
  independentBrier: number;
}

if (!existsSync(FOLDER)) {
  process.stdout.write(`skipped: ${FOLDER} is not here\n`);
} else {
  const tallies = WINDOWS.map((): Tally => ({
    count: 0,
    observed: 0,
    joint: 0,
    independent: 0,
    jointBrier: 0,
    independentBrier: 0,
  }));
  for (const trace of TRACES) {
    await scoreTrace(trace, tallies);
  }
  tallies.forEach((tally, i) => {
    const mean = (sum: number) => (sum / tally.count).toFixed(3);
    process.stdout.write(
      `${WINDOWS[i]! / 3600} h, ${tally.count} origins: observed ${mean(tally.observed)}, joint ${mean(tally.joint)} ` +
        `(Brier ${mean(tally.jointBrier)}), independent ${mean(tally.independent)} (Brier ${mean(tally.independentBrier)})\n`
    );
  });
}

async function scoreTrace(trace: string, tallies: readonly Tally[]): Promise<void> {
  const { grid, columns } = await readCsvTable(join(FOLDER, `${trace}.csv.gz`));
  const series = resampleMean({ grid, values: columns.get('requests')! }, Math.max(300, grid.stepSeconds));
  const horizon = DAY / series.grid.stepSeconds;
  for (let end = 4 * horizon; end + horizon <= series.values.length; end += horizon) {
    const target = seriesSlice(series, Math.max(0, end - historyDays * horizon), end);
    const predictor = await createForecaster('cycles').fit({ target }, { horizon, seed: 1 });
    const forecast = await predictor.predict({ target }, { horizon, levels: PUBLISHED_LEVELS });
    const limit = forecastLevel(forecast, 0.9);
    const truth = series.values.subarray(end, end + horizon);
    tallies.forEach((tally, i) => {
      const steps = WINDOWS[i]! / series.grid.stepSeconds;
      const observed = truth.subarray(0, steps).some((value, step) => value > limit[step]!) ? 1 : 0;
      const joint = shareAbove(forecast, estimateDependence([target], horizon), limit, steps);
      const independent = shareAbove(forecast, independence(1), limit, steps);
      tally.count++;
      tally.observed += observed;
      tally.joint += joint;
      tally.independent += independent;
      tally.jointBrier += (joint - observed) ** 2;
      tally.independentBrier += (independent - observed) ** 2;
    });
  }
}

function shareAbove(forecast: Forecast, dependence: Dependence, limit: Float64Array, steps: number): number {
  let above = 0;
  for (const block of samplePaths([forecast], dependence, { pathCount: PATHS, seed: 1 })) {
    for (let path = 0; path < block.pathCount; path++) {
      const start = path * block.stepCount;
      above += block.values.subarray(start, start + steps).some((value, step) => value > limit[step]!) ? 1 : 0;
    }
  }
  return above / PATHS;
}

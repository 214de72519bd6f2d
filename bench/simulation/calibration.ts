/**
 * How often plans made for a risk fall short on held-out real traces.
 *
 * `node bench/simulation/calibration.ts [risk] [replicas] [hours between origins]`: from each origin a plan over 24 h
 * (10 minutes of lead time, perReplica = mean demand / replicas), then the share of its windows of lead time, which do
 * not overlap, in which the truth fell short.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assessWorkload } from '../../backend/allocation/index.ts';
import { createForecaster, PUBLISHED_LEVELS } from '../../backend/forecasting/index.ts';
import { readCsvTable } from '../../backend/sources/csv/index.ts';
import { resampleMean, seriesEnd, seriesSlice, timeAt, type Series } from '../../backend/timeseries/index.ts';

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
const HISTORY_DAYS = 21;
const FIRST_ORIGIN_DAYS = 3;

const [risk = 0.05, replicas = 20, hoursBetween = 24] = process.argv.slice(2).map(Number);

if (!existsSync(FOLDER)) {
  process.stdout.write(`skipped: ${FOLDER} is not here\n`);
} else {
  let [short, windows, hours, oracle] = [0, 0, 0, 0];
  for (const trace of TRACES) {
    const result = await score(trace);
    short += result.short;
    windows += result.windows;
    hours += result.hours / result.oracleHours;
    oracle += 1;
    process.stdout.write(
      `${trace}: ${result.short} of ${result.windows} windows short (${((100 * result.short) / result.windows).toFixed(2)} %), ` +
        `${(result.hours / result.oracleHours).toFixed(2)} times the replica hours of the truth\n`
    );
  }
  process.stdout.write(
    `pooled at risk ${risk}: ${((100 * short) / windows).toFixed(2)} % of ${windows} windows short, ` +
      `${(hours / oracle).toFixed(2)} times the replica hours of the truth\n`
  );
}

interface Score {
  short: number;
  windows: number;
  hours: number;
  oracleHours: number;
}

async function score(trace: string): Promise<Score> {
  const { grid, columns } = await readCsvTable(join(FOLDER, `${trace}.csv.gz`));
  const values = columns.get('requests')!;
  const series = resampleMean({ grid, values }, Math.max(300, grid.stepSeconds));
  const stepSeconds = series.grid.stepSeconds;
  const perReplica =
    series.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) / series.values.length / replicas;
  const leadTimeSeconds = Math.max(600, stepSeconds);
  const horizon = DAY / stepSeconds;
  const stride = (hoursBetween * 3600) / stepSeconds;
  const total: Score = { short: 0, windows: 0, hours: 0, oracleHours: 0 };
  for (let end = (FIRST_ORIGIN_DAYS * DAY) / stepSeconds; end + horizon <= series.values.length; end += stride) {
    const history = seriesSlice(series, Math.max(0, end - (HISTORY_DAYS * DAY) / stepSeconds), end);
    await scoreOrigin(history, series.values.subarray(end, end + horizon), perReplica, leadTimeSeconds, total);
  }
  return total;
}

async function scoreOrigin(
  history: Series,
  truth: Float64Array,
  perReplica: number,
  leadTimeSeconds: number,
  total: Score
): Promise<void> {
  const horizon = truth.length;
  const predictor = await createForecaster('auto').fit({ target: history }, { horizon, seed: 1 });
  const forecast = await predictor.predict({ target: history }, { horizon, levels: PUBLISHED_LEVELS });
  const latest = history.values.findLast((value) => !Number.isNaN(value)) ?? 0;
  const cutoff = seriesEnd(history);
  const { outlook } = assessWorkload({
    workload: 'trace',
    nowSeconds: cutoff,
    series: [{ name: 'requests', kind: 'activity', unit: '', forecast, history, perReplica }],
    replicas: Math.ceil(latest / perReplica),
    scaling: { min: 0, max: 1_000_000, leadTimeSeconds, risk, tiers: { committed: 0.5, burst: 0.999 } },
    cost: { currency: 'USD' },
    confidence: { historySeconds: cutoff - timeAt(history.grid, 0) },
    pathCount: 1000,
    seed: 1,
  });
  const plan = outlook.replicas!.total.subarray(1);
  const { stepSeconds } = history.grid;
  const windowSteps = Math.max(1, Math.floor(leadTimeSeconds / stepSeconds));
  for (let start = Math.ceil(leadTimeSeconds / stepSeconds) - 1; start + windowSteps <= horizon; start += windowSteps) {
    const steps = Array.from({ length: windowSteps }, (_, i) => start + i);
    if (steps.some((step) => Number.isNaN(truth[step]!))) {
      continue;
    }
    total.windows++;
    total.short += steps.some((step) => truth[step]! > plan[step]! * perReplica) ? 1 : 0;
    for (const step of steps) {
      total.hours += plan[step]!;
      total.oracleHours += truth[step]! / perReplica;
    }
  }
}

/**
 * How often plans made for a risk fall short on held-out real traces.
 *
 * `node bench/simulation/calibration.ts [risks, parted by commas] [replicas] [hours between origins]`: from each origin a
 * plan over 24 h for each risk (10 minutes of lead time, perReplica = mean demand / replicas), then the share of its
 * windows of lead time, which do not overlap, in which the truth fell short; with an interval of 95 % from a bootstrap
 * over days. Before rounding, a replica is a thousandth of that. Forecasts are those of `auto` with the shipped models,
 * and what their bands held so far is told to each plan, as the loop does.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assessWorkload } from '../../backend/allocation/index.ts';
import { createForecaster, PUBLISHED_LEVELS, type Forecast } from '../../backend/forecasting/index.ts';
import { learntModels } from '../../backend/neural/index.ts';
import { randomInteger, seededRandom } from '../../backend/random/index.ts';
import { readCsvTable } from '../../backend/sources/csv/index.ts';
import { quantileSorted } from '../../backend/statistics/index.ts';
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
/** Live coverage is of the last days, from so many truths on. */
const COVERAGE_DAYS = 7;
const MIN_SCORED = 100;
const FINENESS = 1000;
const RESAMPLES = 2000;
const ROUNDINGS = ['before', 'after'] as const;

type Rounding = (typeof ROUNDINGS)[number];

/** One day of one trace under one plan. */
interface PlannedDay {
  readonly trace: string;
  readonly risk: number;
  readonly rounding: Rounding;
  short: number;
  windows: number;
  hours: number;
  neededHours: number;
}

const [riskList = '0.01,0.05,0.1', replicaText = '20', hourText = '24'] = process.argv.slice(2);
const risks = riskList.split(',').map(Number);
const [replicas, hoursBetween] = [Number(replicaText), Number(hourText)];

if (!existsSync(FOLDER)) {
  process.stdout.write(`skipped: ${FOLDER} is not here\n`);
} else {
  const { models } = await learntModels(join(import.meta.dirname, '../../models'));
  const forecaster = createForecaster('auto', models);
  const days: PlannedDay[] = [];
  for (const trace of TRACES) {
    const own = await planTrace(trace, forecaster);
    days.push(...own);
    tell(trace, own);
  }
  tell('pooled', days);
}

function tell(name: string, days: readonly PlannedDay[]): void {
  for (const risk of risks) {
    for (const rounding of ROUNDINGS) {
      const these = days.filter((day) => day.risk === risk && day.rounding === rounding);
      const { short, windows, hours, neededHours } = summed(these);
      const [low, high] = interval(these);
      process.stdout.write(
        `${name}, risk ${risk}, ${rounding} rounding: ${percent(short / windows)} of ${windows} windows short ` +
          `(${percent(low)} to ${percent(high)}), ${(hours / neededHours).toFixed(2)} times the replica hours of the truth\n`
      );
    }
  }
}

async function planTrace(trace: string, forecaster: ReturnType<typeof createForecaster>): Promise<PlannedDay[]> {
  const { grid, columns } = await readCsvTable(join(FOLDER, `${trace}.csv.gz`));
  const series = resampleMean({ grid, values: columns.get('requests')! }, Math.max(300, grid.stepSeconds));
  const { stepSeconds } = series.grid;
  const mean = series.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) / series.values.length;
  const horizon = DAY / stepSeconds;
  const stride = (hoursBetween * 3600) / stepSeconds;
  const held: Array<{ held: number; count: number }> = [];
  const days: PlannedDay[] = [];
  for (let end = (FIRST_ORIGIN_DAYS * DAY) / stepSeconds; end + horizon <= series.values.length; end += stride) {
    const history = seriesSlice(series, Math.max(0, end - (HISTORY_DAYS * DAY) / stepSeconds), end);
    const truth = series.values.subarray(end, end + horizon);
    const predictor = await forecaster.fit({ target: history }, { horizon, seed: 1 });
    const forecast = await predictor.predict({ target: history }, { horizon, levels: PUBLISHED_LEVELS });
    const coverage80 = liveCoverage(held);
    held.push(heldBy(forecast, truth));
    for (const risk of risks) {
      for (const rounding of ROUNDINGS) {
        const unit = mean / (rounding === 'before' ? replicas * FINENESS : replicas);
        days.push({ trace, risk, rounding, ...planDay(history, forecast, truth, unit, risk, coverage80) });
      }
    }
  }
  return days;
}

function liveCoverage(held: ReadonlyArray<{ held: number; count: number }>): number | undefined {
  const recent = held.slice(-Math.round((COVERAGE_DAYS * 24) / hoursBetween));
  const count = recent.reduce((sum, each) => sum + each.count, 0);
  return count < MIN_SCORED ? undefined : recent.reduce((sum, each) => sum + each.held, 0) / count;
}

/** How many truths the central 80 % band held. */
function heldBy({ levels, values }: Forecast, truth: Float64Array): { held: number; count: number } {
  const line = (level: number) =>
    values.subarray(levels.indexOf(level) * truth.length, (levels.indexOf(level) + 1) * truth.length);
  const [low, high] = [line(0.1), line(0.9)];
  const known = [...truth.keys()].filter((step) => !Number.isNaN(truth[step]!));
  return {
    held: known.filter((step) => truth[step]! >= low[step]! && truth[step]! <= high[step]!).length,
    count: known.length,
  };
}

function planDay(
  history: Series,
  forecast: Forecast,
  truth: Float64Array,
  perReplica: number,
  risk: number,
  coverage80: number | undefined
): Omit<PlannedDay, 'trace' | 'risk' | 'rounding'> {
  const { stepSeconds } = history.grid;
  const leadTimeSeconds = Math.max(600, stepSeconds);
  const latest = history.values.findLast((value) => !Number.isNaN(value)) ?? 0;
  const cutoff = seriesEnd(history);
  const { outlook } = assessWorkload({
    workload: 'trace',
    nowSeconds: cutoff,
    series: [{ name: 'requests', kind: 'activity', unit: '', forecast, history, perReplica }],
    replicas: Math.ceil(latest / perReplica),
    scaling: { min: 0, max: 100_000_000, leadTimeSeconds, risk, tiers: { committed: 0.5, burst: 0.999 } },
    cost: { currency: 'USD' },
    confidence: {
      historySeconds: cutoff - timeAt(history.grid, 0),
      ...(coverage80 === undefined ? {} : { coverage80 }),
    },
    pathCount: 2000,
    seed: 1,
  });
  const plan = outlook.replicas!.total.subarray(1);
  const windowSteps = Math.max(1, Math.floor(leadTimeSeconds / stepSeconds));
  const day = { short: 0, windows: 0, hours: 0, neededHours: 0 };
  const first = Math.ceil(leadTimeSeconds / stepSeconds) - 1;
  for (let start = first; start + windowSteps <= truth.length; start += windowSteps) {
    const steps = Array.from({ length: windowSteps }, (_, i) => start + i);
    if (steps.some((step) => Number.isNaN(truth[step]!))) {
      continue;
    }
    day.windows++;
    day.short += steps.some((step) => truth[step]! > plan[step]! * perReplica) ? 1 : 0;
    for (const step of steps) {
      day.hours += (plan[step]! * perReplica * stepSeconds) / 3600;
      day.neededHours += (truth[step]! * stepSeconds) / 3600;
    }
  }
  return day;
}

/** The share of short windows with 95 % confidence, days drawn with replacement. */
function interval(days: readonly PlannedDay[]): readonly [number, number] {
  const random = seededRandom(1);
  const shares = Float64Array.from({ length: RESAMPLES }, () => {
    const { short, windows } = summed(days.map(() => days[randomInteger(random, days.length)]!));
    return short / windows;
  }).sort();
  return [quantileSorted(shares, 0.025), quantileSorted(shares, 0.975)];
}

function summed(days: ReadonlyArray<Omit<PlannedDay, 'trace' | 'risk' | 'rounding'>>) {
  const total = { short: 0, windows: 0, hours: 0, neededHours: 0 };
  for (const { short, windows, hours, neededHours } of days) {
    total.short += short;
    total.windows += windows;
    total.hours += hours;
    total.neededHours += neededHours;
  }
  return total;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

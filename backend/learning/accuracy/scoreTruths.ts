import type { Outlook, SeriesOutlook } from '../../allocation/index.ts';
import { normalQuantile } from '../../statistics/index.ts';
import type { ScoreRow } from '../../storage/index.ts';
import type { LateTruths } from './lateTruths.ts';
import { gridIndexAt, timeAt, type Series } from '../../timeseries/index.ts';

/** Groups of lead times, as on the wire, each with its last second. */
export const LEADS = { '15m': 900, '1h': 3600, '6h': 21_600, '24h': 86_400 } as const;
export type Lead = keyof typeof LEADS;

const DAY_SECONDS = 86_400;
const SCORED_LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;
const BASELINE = 'seasonal-naive';

type Sums = { -readonly [K in keyof ScoreRow]: ScoreRow[K] };

/**
 * Scores what outlooks said of the truths in (`fromSeconds`, `toSeconds`], beside the seasonal-naive forecast that
 * could have been made at the same cutoff.
 *
 * Whole outlooks only; truths that are missing are left out. With `late`, those alone of the instants up to `fromSeconds`
 * are scored beside: truths that came after their time, each once. A truth that is corrected later counts as it first
 * was. Sums as in `ScoreRow`: pinball loss as in
 * `statistics`, the seasonal-naive's quantiles normal with the root mean square of its past errors, its season a day.
 */
export function scoreTruths(
  outlooks: readonly Outlook[],
  actual: ReadonlyMap<string, Series>,
  fromSeconds: number,
  toSeconds: number,
  late: LateTruths = new Map()
): ScoreRow[] {
  const rows = new Map<string, Sums>();
  for (const outlook of outlooks) {
    for (const series of outlook.series) {
      const truths = actual.get(series.name);
      if (truths !== undefined && truths.grid.stepSeconds === outlook.grid.stepSeconds) {
        const lateOnes = new Set(late.get(series.name) ?? []);
        const isScored = (at: number) => at <= toSeconds && (at > fromSeconds || lateOnes.has(at));
        scoreSeries(outlook, series, truths, isScored, rows);
      }
    }
  }
  return [...rows.values()];
}

function scoreSeries(
  outlook: Outlook,
  series: SeriesOutlook,
  truths: Series,
  isScored: (timeSeconds: number) => boolean,
  rows: Map<string, Sums>
): void {
  const { grid } = outlook;
  const quantilesAt = levelRows(series, grid.length);
  let baseline: ReturnType<typeof seasonalBaseline> | 'unknown' = 'unknown';
  for (let step = 0; step < grid.length; step++) {
    const timeSeconds = timeAt(grid, step);
    const leadSeconds = timeSeconds - outlook.cutoffSeconds;
    if (!isScored(timeSeconds) || leadSeconds <= 0) {
      continue;
    }
    const truth = truths.values[gridIndexAt(truths.grid, timeSeconds)] ?? Number.NaN;
    const lead = (Object.keys(LEADS) as Lead[]).find((name) => leadSeconds <= LEADS[name]);
    if (Number.isNaN(truth) || lead === undefined) {
      continue;
    }
    if (baseline === 'unknown') {
      baseline = seasonalBaseline(truths, outlook.cutoffSeconds);
    }
    const key = { workload: outlook.workload, series: series.name, lead, daySeconds: dayOf(timeSeconds) };
    const scaleOf = baseline?.scale ?? 0;
    if (quantilesAt !== undefined) {
      add(rows, { ...key, model: series.model }, truth, scaleOf, (level) => quantilesAt(level, step));
    }
    const naive = baseline?.at(timeSeconds);
    if (naive !== undefined) {
      add(rows, { ...key, model: BASELINE }, truth, scaleOf, naive);
    }
  }
}

/** The values of a level at a step, or `undefined` where the outlook lacks a level that is scored. */
function levelRows(series: SeriesOutlook, length: number): ((level: number, step: number) => number) | undefined {
  const offsets = new Map<number, number>();
  for (const level of [...SCORED_LEVELS, 0.025, 0.05, 0.95, 0.975]) {
    const row = series.levels.indexOf(level);
    if (row < 0) {
      return undefined;
    }
    offsets.set(level, row * length);
  }
  return (level, step) => series.values[(offsets.get(level) ?? 0) + step] ?? Number.NaN;
}

/** The seasonal-naive forecast from the truths up to the cutoff; `undefined` with less than two days of them. */
function seasonalBaseline(truths: Series, cutoffSeconds: number) {
  const { grid, values } = truths;
  const season = Math.round(DAY_SECONDS / grid.stepSeconds);
  const cutoff = gridIndexAt(grid, cutoffSeconds);
  if (season < 1 || cutoff < 2 * season || cutoff >= grid.length) {
    return undefined;
  }
  let count = 0;
  let absolute = 0;
  let squared = 0;
  for (let index = season; index <= cutoff; index++) {
    const difference = values[index]! - values[index - season]!;
    if (!Number.isNaN(difference)) {
      count++;
      absolute += Math.abs(difference);
      squared += difference * difference;
    }
  }
  if (count === 0) {
    return undefined;
  }
  const deviation = Math.sqrt(squared / count);
  return {
    scale: absolute / count,
    at(timeSeconds: number): ((level: number) => number) | undefined {
      const step = gridIndexAt(grid, timeSeconds) - cutoff;
      const seasons = Math.floor((step - 1) / season) + 1;
      const location = values[cutoff + step - seasons * season] ?? Number.NaN;
      const spread = deviation * Math.sqrt(seasons);
      return Number.isNaN(location) ? undefined : (level) => location + normalQuantile(level) * spread;
    },
  };
}

function add(
  rows: Map<string, Sums>,
  key: Pick<ScoreRow, 'workload' | 'series' | 'model' | 'lead' | 'daySeconds'>,
  truth: number,
  scale: number,
  quantile: (level: number) => number
): void {
  const text = `${key.series}\n${key.model}\n${key.lead}\n${key.daySeconds}`;
  let row = rows.get(text);
  if (row === undefined) {
    row = {
      ...key,
      count: 0,
      sumCrps: 0,
      sumAbsoluteError: 0,
      sumScale: 0,
      sumAbsoluteActual: 0,
      inside80: 0,
      inside90: 0,
      inside95: 0,
    };
    rows.set(text, row);
  }
  let loss = 0;
  for (const level of SCORED_LEVELS) {
    const value = quantile(level);
    loss += 2 * Math.abs((truth - value) * ((truth <= value ? 1 : 0) - level));
  }
  row.count += 1;
  row.sumCrps += loss / SCORED_LEVELS.length;
  row.sumAbsoluteError += Math.abs(truth - quantile(0.5));
  row.sumScale += scale;
  row.sumAbsoluteActual += Math.abs(truth);
  row.inside80 += truth >= quantile(0.1) && truth <= quantile(0.9) ? 1 : 0;
  row.inside90! += truth >= quantile(0.05) && truth <= quantile(0.95) ? 1 : 0;
  row.inside95 += truth >= quantile(0.025) && truth <= quantile(0.975) ? 1 : 0;
}

function dayOf(timeSeconds: number): number {
  return Math.floor(timeSeconds / DAY_SECONDS) * DAY_SECONDS;
}

import { quantileSorted, sortedObserved } from '../../statistics/index.ts';
import type { Series, TimeGrid } from '../../timeseries/index.ts';

const DAY = 86_400;
const HOUR = 3600;
const KNOTS: readonly number[] = [0.5, 0.85, 0.97, 0.995];
/** Knots closer than this, in units of the driver's spread, are one. */
const LEAST_GAP = 0.05;

/** How a driver is read: its unit of size, where its response may bend, and the spans of its lags in steps. */
export interface DriverShape {
  readonly name: string;
  readonly center: number;
  readonly spread: number;
  /** Ascending, in spreads from the center. */
  readonly knots: readonly number[];
  /** `[from, to]`, inclusive: the mean of the driver so many steps ago. */
  readonly lags: ReadonlyArray<readonly [number, number]>;
  /** Whether the response may differ by the time of day. */
  readonly isDaily: boolean;
}

/** The role of each column of a driver; segments, then lags, then the two of the time of day. */
export type ColumnRole = 'segment' | 'lag' | 'daily';

/** Reads the size of a driver from its past; undefined where it never changes or is hardly measured. */
export function driverShape(name: string, past: Float64Array, { stepSeconds }: TimeGrid): DriverShape | undefined {
  const sorted = sortedObserved(past);
  if (sorted.length < 24) {
    return undefined;
  }
  const center = quantileSorted(sorted, 0.5);
  let deviation = 0;
  for (const value of sorted) {
    deviation += Math.abs(value - center) / sorted.length;
  }
  const spread = Math.max(deviation, (quantileSorted(sorted, 0.95) - quantileSorted(sorted, 0.05)) / 4);
  if (!(spread > 0) || !Number.isFinite(spread) || spread < 1e-9 * Math.abs(center)) {
    return undefined;
  }
  const knots: number[] = [];
  for (const level of KNOTS) {
    const knot = (quantileSorted(sorted, level) - center) / spread;
    if (knot > (knots.at(-1) ?? (sorted[0]! - center) / spread) + LEAST_GAP) {
      knots.push(knot);
    }
  }
  const hour = Math.max(3, Math.min(60, Math.round(HOUR / stepSeconds)));
  return {
    name,
    center,
    spread,
    knots,
    lags: [
      [1, 1],
      [2, hour],
      [hour + 1, Math.min(240, 4 * hour)],
    ],
    isDaily: stepSeconds <= DAY / 4,
  };
}

/** The roles of a driver's columns, in their order. */
export function columnRoles({ knots, lags, isDaily }: DriverShape): ColumnRole[] {
  return [
    ...Array.from({ length: knots.length + 1 }, (): ColumnRole => 'segment'),
    ...lags.map((): ColumnRole => 'lag'),
    ...(isDaily ? (['daily', 'daily'] as const) : []),
  ];
}

/**
 * The columns of a driver, each as long as `values`: its parts between the knots, which add up to its distance from the
 * center in spreads, the means of its lags, and its distance times sine and cosine of the time of day.
 *
 * Each reads nothing after its own step. NaN where the driver is missing; a lag is the mean of what is measured of it.
 */
export function driverColumns(shape: DriverShape, { grid, values }: Series): Float64Array[] {
  const length = values.length;
  const distance = values.map((value) => (value - shape.center) / shape.spread);
  const columns = segments(distance, shape.knots);
  const { sums, counts } = runningTotals(distance);
  for (const [from, to] of shape.lags) {
    const lagged = new Float64Array(length);
    for (let t = 0; t < length; t++) {
      const end = Math.max(0, t - from + 1);
      const start = Math.max(0, t - to);
      const count = counts[end]! - counts[start]!;
      lagged[t] = count > 0 ? (sums[end]! - sums[start]!) / count : distance[t]!;
    }
    columns.push(lagged);
  }
  if (shape.isDaily) {
    for (const wave of [Math.sin, Math.cos]) {
      columns.push(dayWave(grid, wave).map((value, t) => value * distance[t]!));
    }
  }
  return columns;
}

function dayAngle({ startSeconds, stepSeconds }: TimeGrid, step: number): number {
  return (2 * Math.PI * ((startSeconds + step * stepSeconds) % DAY)) / DAY;
}

/** `wave` of the time of day as an angle, at each step of a grid, `harmonic` times a day. */
export function dayWave(grid: TimeGrid, wave: (angle: number) => number, harmonic = 1): Float64Array {
  const steps = DAY / grid.stepSeconds;
  const column = new Float64Array(grid.length);
  for (let t = 0; t < column.length; t++) {
    column[t] = Number.isInteger(steps) && t >= steps ? column[t - steps]! : wave(harmonic * dayAngle(grid, t));
  }
  return column;
}

/** Sums and counts of the measured values before each index, each one longer than `values`. */
function runningTotals(values: Float64Array): { readonly sums: Float64Array; readonly counts: Float64Array } {
  const sums = new Float64Array(values.length + 1);
  const counts = new Float64Array(values.length + 1);
  for (let t = 0; t < values.length; t++) {
    const isMeasured = !Number.isNaN(values[t]);
    sums[t + 1] = sums[t]! + (isMeasured ? values[t]! : 0);
    counts[t + 1] = counts[t]! + (isMeasured ? 1 : 0);
  }
  return { sums, counts };
}

function segments(distance: Float64Array, knots: readonly number[]): Float64Array[] {
  const bounds = [...knots, Number.POSITIVE_INFINITY];
  return bounds.map((upper, part) => {
    const lower = part === 0 ? 0 : bounds[part - 1]!;
    return distance.map((value) =>
      part === 0 ? Math.min(value, upper) : Number.isNaN(value) ? value : Math.max(0, Math.min(value, upper) - lower)
    );
  });
}

import { differingSteps, type StepRange, type TimeGrid } from '../../timeseries/index.ts';
import type { DriverMap } from './driverMap.ts';
import { columnRoles, dayWave, type DriverShape } from './driverColumns.ts';

/**
 * Writes into `rise` what a change of a driver over a horizon, from `base` to `changed`, makes of the target; all
 * `[step]`, in the units of driver and target. Before the horizon nothing has changed. Gives the steps beside which `rise`
 * is 0.
 */
export type DriverRise = (base: Float64Array, changed: Float64Array, rise: Float64Array) => StepRange;

/** Reads off a map what a change of one of its drivers does over the steps of `grid`; undefined where it has no effect. */
export function driverRise(map: DriverMap, name: string, grid: TimeGrid): DriverRise | undefined {
  const part = map.partOf(name);
  if (part === undefined) {
    return undefined;
  }
  const { shape, coefficients } = part;
  const slopes = coefficientsOf(shape, coefficients, 'segment');
  const writeDirect = slopes.every((slope) => slope === slopes[0])
    ? straightPart(slopes[0]!, shape.spread)
    : bentPart(shape, slopes);
  const lags = lagsWithEffect(shape, coefficients);
  const atTime = timeOfDayEffect(shape, coefficients, grid);
  const { spread } = shape;
  const { length } = grid;
  /** What lies before the horizon has no part in a total. */
  const before = lags.reduce((most, { to }) => Math.max(most, to), 0);
  const totals = new Float64Array(before + length + 1);
  return (base, changed, rise) => {
    rise.fill(0);
    const range = differingSteps(base, changed, length);
    const { first, end } = range;
    if (first === end) {
      return range;
    }
    writeDirect(base, changed, rise, first, end);
    totals.fill(0, 0, before + first + 1);
    let total = 0;
    for (let step = first; step < end; step++) {
      const more = (changed[step]! - base[step]!) / spread;
      total += more;
      totals[before + step + 1] = total;
      rise[step] = more === 0 ? 0 : more * atTime[step]! + rise[step]!;
    }
    totals.fill(total, before + end + 1);
    for (const { from, to, share } of lags) {
      const [late, early] = [before - from + 1, before - to];
      // Sooner nothing has come yet, later all has passed.
      for (let step = first + from; step < Math.min(length, end + to); step++) {
        rise[step]! += share * (totals[step + late]! - totals[step + early]!);
      }
    }
    return { first, end: Math.min(length, end + before) };
  };
}

interface LagWithEffect {
  readonly from: number;
  readonly to: number;
  /** The effect of each step in it. */
  readonly share: number;
}

function lagsWithEffect(shape: DriverShape, coefficients: Float64Array): LagWithEffect[] {
  const lagged = coefficientsOf(shape, coefficients, 'lag');
  return shape.lags
    .map(([from, to], lag) => ({ from, to, share: lagged[lag]! / (to - from + 1) }))
    .filter(({ share }) => share !== 0);
}

/** What the time of day adds to the slope, `[step]`. */
function timeOfDayEffect(shape: DriverShape, coefficients: Float64Array, grid: TimeGrid): Float64Array {
  const [sine = 0, cosine = 0] = coefficientsOf(shape, coefficients, 'daily');
  const cosines = dayWave(grid, Math.cos);
  return dayWave(grid, Math.sin).map((value, step) => sine * value + cosine * cosines[step]!);
}

function coefficientsOf(shape: DriverShape, coefficients: Float64Array, role: string): Float64Array {
  return coefficients.filter((_, column) => columnRoles(shape)[column] === role);
}

/** The effect of a driver in the step itself, without the time of day's, at the steps from `first` and before `end`. */
type DirectPart = (base: Float64Array, changed: Float64Array, rise: Float64Array, first: number, end: number) => void;

function straightPart(slope: number, spread: number): DirectPart {
  return (base, changed, rise, first, end) => {
    for (let step = first; step < end; step++) {
      rise[step] = slope * ((changed[step]! - base[step]!) / spread);
    }
  };
}

/** Bends at the knots: a line in each part between them, the whole without a jump. */
function bentPart({ center, spread, knots }: DriverShape, slopes: Float64Array): DirectPart {
  const ends = Float64Array.from(knots);
  const offsets = new Float64Array(slopes.length);
  for (let part = 1; part < slopes.length; part++) {
    offsets[part] = offsets[part - 1]! + (slopes[part - 1]! - slopes[part]!) * ends[part - 1]!;
  }
  return (base, changed, rise, first, end) => {
    const last = slopes.length - 1;
    for (let step = first; step < end; step++) {
      const after = (changed[step]! - center) / spread;
      const before = (base[step]! - center) / spread;
      // Counted, not searched: where a value lies cannot be foretold, and a branch that is guessed wrong takes longer.
      let [partAfter, partBefore] = [0, 0];
      for (let knot = 0; knot < last; knot++) {
        partAfter += Number(after > ends[knot]!);
        partBefore += Number(before > ends[knot]!);
      }
      rise[step] =
        offsets[partAfter]! + slopes[partAfter]! * after - (offsets[partBefore]! + slopes[partBefore]! * before);
    }
  };
}

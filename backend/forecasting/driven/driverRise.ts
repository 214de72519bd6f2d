import type { TimeGrid } from '../../timeseries/index.ts';
import type { DriverMap } from './driverMap.ts';
import { columnRoles, dayWave, type DriverShape } from './driverColumns.ts';

/**
 * Writes into `rise` what a change of a driver over a horizon, from `base` to `changed`, makes of the target; all
 * `[step]`, in the units of driver and target. Before the horizon nothing has changed.
 */
export type DriverRise = (base: Float64Array, changed: Float64Array, rise: Float64Array) => void;

/** Reads off a map what a change of one of its drivers does over the steps of `grid`; undefined where it has no effect. */
export function driverRise(map: DriverMap, name: string, grid: TimeGrid): DriverRise | undefined {
  const part = map.partOf(name);
  if (part === undefined) {
    return undefined;
  }
  const { shape, coefficients } = part;
  const slopes = coefficientsOf(shape, coefficients, 'segment');
  const isStraight = slopes.every((slope) => slope === slopes[0]);
  const bent = bentPart(shape, slopes);
  const lags = lagsWithEffect(shape, coefficients);
  const atTime = timeOfDayEffect(shape, coefficients, grid);
  const totals = new Float64Array(grid.length + 1);
  return (base, changed, rise) => {
    for (let step = 0; step < grid.length; step++) {
      const more = (changed[step]! - base[step]!) / shape.spread;
      totals[step + 1] = totals[step]! + more;
      rise[step] =
        more === 0
          ? 0
          : more * atTime[step]! + (isStraight ? slopes[0]! * more : bent(changed[step]!) - bent(base[step]!));
    }
    for (const { from, to, share } of lags) {
      for (let step = from; step < grid.length; step++) {
        rise[step]! += share * (totals[step - from + 1]! - totals[Math.max(0, step - to)]!);
      }
    }
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

/** The part of a driver's effect that bends at its knots: a line in each part between them, the whole without a jump. */
function bentPart({ center, spread, knots }: DriverShape, slopes: Float64Array): (value: number) => number {
  const ends = Float64Array.from(knots);
  const offsets = new Float64Array(slopes.length);
  for (let part = 1; part < slopes.length; part++) {
    offsets[part] = offsets[part - 1]! + (slopes[part - 1]! - slopes[part]!) * ends[part - 1]!;
  }
  const last = slopes.length - 1;
  return (value) => {
    const distance = (value - center) / spread;
    let part = 0;
    while (part < last && distance > ends[part]!) {
      part++;
    }
    return offsets[part]! + slopes[part]! * distance;
  };
}

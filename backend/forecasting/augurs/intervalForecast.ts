import { normalQuantile } from '../../statistics/index.ts';
import { normalForecast } from '../normalForecast.ts';
import type { RawForecast } from '../localModel.ts';

/** The level of the central interval that augurs is asked for. */
export const INTERVAL_LEVEL = 0.8;

const HALF_WIDTH = normalQuantile(0.5 + INTERVAL_LEVEL / 2);

/** A forecast as augurs gives it: points and a central interval. */
export interface IntervalForecast {
  readonly point: readonly number[];
  readonly intervals: { readonly lower: readonly number[]; readonly upper: readonly number[] } | undefined;
}

/** The quantiles of the normal distributions that an interval forecast stands for, in the history's `unit`. */
export function fromIntervals(
  { point, intervals }: IntervalForecast,
  unit: number,
  levels: readonly number[],
  warnings: readonly string[]
): RawForecast {
  const mean = Float64Array.from(point, (value) => value * unit);
  const deviation = mean.map((_, step) =>
    intervals === undefined ? Number.NaN : ((intervals.upper[step]! - intervals.lower[step]!) / 2 / HALF_WIDTH) * unit
  );
  return normalForecast(mean, deviation, levels, warnings);
}

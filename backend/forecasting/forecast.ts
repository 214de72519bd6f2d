import type { TimeGrid } from '../timeseries/index.ts';

/**
 * A distribution over the instants of `grid`, the first of which is one step after the cutoff.
 *
 * `values` is `[level][step]` (length `levels.length * grid.length`), finite, never crossing; `mean` is `[step]`.
 * `levels` ascend within (0, 1). `warnings` say why it is wider or simpler than wished (fallback, gaps), in words.
 */
export interface Forecast {
  readonly grid: TimeGrid;
  readonly levels: readonly number[];
  readonly values: Float64Array;
  readonly mean: Float64Array;
  readonly model: string;
  readonly warnings: readonly string[];
  /** Why this model or mixture was chosen, in words and numbers, where there was a choice. */
  readonly reason?: string;
}

/** The levels that Headroom publishes, ascending. */
export const PUBLISHED_LEVELS: readonly number[] = [
  0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99,
];

/** The values of one level of a forecast, `[step]`, without a copy; throws a RangeError where the forecast lacks it. */
export function forecastLevel(forecast: Forecast, level: number): Float64Array {
  const row = forecast.levels.indexOf(level);
  if (row < 0) {
    throw new RangeError(`the forecast has no level ${String(level)}`);
  }
  const length = forecast.grid.length;
  return forecast.values.subarray(row * length, (row + 1) * length);
}

import { gridEnd, gridIndexAt, timeAt, type TimeGrid } from './timeGrid.ts';

/**
 * Measurements on a regular grid.
 *
 * `values[i]` was measured at `timeAt(grid, i)`; NaN is a missing measurement, never zero. Infinities do not occur.
 */
export interface Series {
  readonly grid: TimeGrid;
  readonly values: Float64Array;
}

/** The part of a series at or before `cutoffSeconds` (all of it, or an empty series, when the cutoff lies outside). */
export function seriesUntil(series: Series, cutoffSeconds: number): Series {
  const end = Math.max(0, Math.min(series.grid.length, gridIndexAt(series.grid, cutoffSeconds) + 1));
  return seriesSlice(series, 0, end);
}

/** The part of a series from index `start` up to, not including, `end`; shares the buffer. */
export function seriesSlice(series: Series, start: number, end: number): Series {
  const { grid, values } = series;
  return {
    grid: { startSeconds: timeAt(grid, start), stepSeconds: grid.stepSeconds, length: end - start },
    values: values.subarray(start, end),
  };
}

/** The last instant with a measurement, in epoch seconds, or `undefined` when everything is missing. */
export function lastObservedSeconds(series: Series): number | undefined {
  for (let i = series.values.length - 1; i >= 0; i--) {
    if (!Number.isNaN(series.values[i])) {
      return timeAt(series.grid, i);
    }
  }
  return undefined;
}

/** The part of a series from its first measurement on (all of it where everything is missing); shares the buffer. */
export function seriesSinceFirst(series: Series): Series {
  const first = series.values.findIndex((value) => !Number.isNaN(value));
  return seriesSlice(series, Math.max(0, first), series.values.length);
}

/** How many of the values are measured. */
export function observedCount(series: Series): number {
  let count = 0;
  for (const value of series.values) {
    if (!Number.isNaN(value)) {
      count++;
    }
  }
  return count;
}

/** The last instant of the grid, in epoch seconds: the cutoff of a history. */
export function seriesEnd(series: Series): number {
  return gridEnd(series.grid);
}

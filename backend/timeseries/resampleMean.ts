import type { Series } from './series.ts';
import { timeAt } from './timeGrid.ts';

/**
 * Means of `stepSeconds`, aligned to whole multiples of it; missing values are skipped, and a bucket without any
 * measurement is missing. `stepSeconds` must be a multiple of the series' own step.
 */
export function resampleMean(series: Series, stepSeconds: number): Series {
  const { grid, values } = series;
  if (grid.length === 0 || stepSeconds === grid.stepSeconds) {
    return series;
  }
  const startSeconds = Math.floor(grid.startSeconds / stepSeconds) * stepSeconds;
  const length = Math.floor((timeAt(grid, grid.length - 1) - startSeconds) / stepSeconds) + 1;
  const sums = new Float64Array(length);
  const counts = new Uint32Array(length);
  values.forEach((value, index) => {
    if (!Number.isNaN(value)) {
      const bucket = Math.floor((timeAt(grid, index) - startSeconds) / stepSeconds);
      sums[bucket]! += value;
      counts[bucket]! += 1;
    }
  });
  return {
    grid: { startSeconds, stepSeconds, length },
    values: sums.map((sum, index) => (counts[index] === 0 ? Number.NaN : sum / counts[index]!)),
  };
}

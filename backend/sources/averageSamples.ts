import type { TimeGrid } from '../timeseries/index.ts';

/**
 * Means of samples (`times` in epoch seconds, in any order) on the instants of `grid`: the value at t is the mean over
 * (t - step, t], what was known at t. Values that are not finite are skipped; an interval without any is NaN.
 */
export function averageSamples(grid: TimeGrid, times: ArrayLike<number>, samples: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(grid.length);
  const counts = new Uint32Array(grid.length);
  for (let i = 0; i < times.length; i++) {
    const index = Math.ceil((times[i]! - grid.startSeconds) / grid.stepSeconds);
    if (index >= 0 && index < grid.length && Number.isFinite(samples[i])) {
      sums[index]! += samples[i]!;
      counts[index]! += 1;
    }
  }
  return sums.map((sum, index) => (counts[index] === 0 ? Number.NaN : sum / counts[index]!));
}

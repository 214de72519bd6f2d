import { gridIndexAt, timeAt, type Series } from '../../timeseries/index.ts';

/** As much is looked back on, as the Vertical Pod Autoscaler does. */
const LOOKBACK_SECONDS = 8 * 86_400;

/** What one replica used of a resource, in ascending order; missing where either is, and where there was none. */
export function measuredUse(use: Series, replicas: Series): Float64Array {
  const first = Math.max(0, use.grid.length - Math.floor(LOOKBACK_SECONDS / use.grid.stepSeconds));
  const shares = use.values.subarray(first).map((value, i) => {
    const count = replicas.values[gridIndexAt(replicas.grid, timeAt(use.grid, first + i))] ?? Number.NaN;
    return count >= 1 ? value / count : Number.NaN;
  });
  return shares.filter(Number.isFinite).sort();
}

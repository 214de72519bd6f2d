import { gridTimeAt, type EvaluationGrid } from '../grid.ts';
import { firstAfter } from '../searchSamples.ts';

/** For each step the samples of its window, `from` to `to` (exclusive). */
export interface WindowBounds {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Samples in the longest window, and in all together. */
  readonly longest: number;
  readonly total: number;
}

/** Finds each step's window, open on the left and closed on the right, in one pass over ascending times. */
export function locateWindows(
  timestamps: Float64Array,
  range: { readonly rangeMs: number; readonly offsetMs: number; readonly pinnedEndMs?: number },
  grid: EvaluationGrid
): WindowBounds {
  const from = new Int32Array(grid.count);
  const to = new Int32Array(grid.count);
  const firstEnd = range.pinnedEndMs ?? grid.startMs - range.offsetMs;
  let low = firstAfter(timestamps, firstEnd - range.rangeMs);
  let high = firstAfter(timestamps, firstEnd);
  let longest = 0;
  let total = 0;
  for (let step = 0; step < grid.count; step++) {
    const end = range.pinnedEndMs ?? gridTimeAt(grid, step) - range.offsetMs;
    const start = end - range.rangeMs;
    while (low < timestamps.length && timestamps[low]! <= start) {
      low++;
    }
    while (high < timestamps.length && timestamps[high]! <= end) {
      high++;
    }
    from[step] = low;
    to[step] = high;
    longest = Math.max(longest, high - low);
    total += high - low;
  }
  return { from, to, longest, total };
}

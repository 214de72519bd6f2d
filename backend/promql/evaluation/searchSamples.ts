/** The first index whose time is after `timeMs` (the length where none is), by binary search in an ascending array. */
export function firstAfter(timestamps: Float64Array, timeMs: number): number {
  let low = 0;
  let high = timestamps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timestamps[middle]! <= timeMs) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

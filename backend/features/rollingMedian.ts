/**
 * Medians of what is measured among the last `window` values, the present one included, `[step]`; NaN where fewer than
 * `minCount` are.
 */
export function rollingMedian(values: Float64Array, window: number, minCount: number): Float64Array {
  const medians = new Float64Array(values.length).fill(Number.NaN);
  const sorted = new Float64Array(Math.min(window, values.length));
  let count = 0;
  for (let t = 0; t < values.length; t++) {
    const leaving = t < window ? Number.NaN : values[t - window]!;
    if (!Number.isNaN(leaving)) {
      const at = placeOf(sorted, count, leaving);
      sorted.copyWithin(at, at + 1, count);
      count--;
    }
    const coming = values[t]!;
    if (!Number.isNaN(coming)) {
      const at = placeOf(sorted, count, coming);
      sorted.copyWithin(at + 1, at, count);
      sorted[at] = coming;
      count++;
    }
    if (count >= Math.max(1, minCount)) {
      const low = sorted[(count - 1) >> 1]!;
      const high = sorted[count >> 1]!;
      medians[t] = low === high ? low : low / 2 + high / 2;
    }
  }
  return medians;
}

/** The first of `count` ascending values that is not below `value`. */
function placeOf(sorted: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

const MOST_MISSING_SHARE = 0.25;

/**
 * The values with the gaps from `from` on bridged in a straight line from what is measured around them (held where
 * nothing follows), where at most a quarter of that part is missing; else as they were.
 */
export function bridgedGaps(values: Float64Array, from: number): Float64Array {
  let missing = 0;
  for (let t = from; t < values.length; t++) {
    missing += Number.isNaN(values[t]) ? 1 : 0;
  }
  if (missing === 0 || missing > MOST_MISSING_SHARE * (values.length - from)) {
    return values;
  }
  const bridged = values.slice();
  let last = values.subarray(0, from).findLastIndex((value) => !Number.isNaN(value));
  for (let t = from; t <= values.length; t++) {
    if (t === values.length || !Number.isNaN(values[t])) {
      const next = t === values.length ? last : t;
      const [start, end] = [last < 0 ? next : last, next];
      for (let gap = Math.max(from, last + 1); gap < t; gap++) {
        const share = end > start ? Math.max(0, gap - start) / (end - start) : 0;
        bridged[gap] = (1 - share) * values[start]! + share * values[end]!;
      }
      last = t;
    }
  }
  return bridged;
}

/** Upside down between its least and its greatest value: what is used becomes what is free. */
export function valueFlip(values: Float32Array): Float32Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  return values.map((each) => Math.min(high, Math.max(low, low + (high - each))));
}

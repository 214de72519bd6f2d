/** The measured values (no NaN) in ascending order, copied. */
export function sortedObserved(values: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) {
      kept[count++] = value;
    }
  }
  return kept.subarray(0, count).sort();
}

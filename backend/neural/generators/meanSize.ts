/** The mean absolute value of what is measured, 0 where nothing is. */
export function meanSize(values: Float32Array | Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!Number.isNaN(value)) {
      sum += Math.abs(value);
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

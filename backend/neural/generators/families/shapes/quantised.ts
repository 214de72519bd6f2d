/** Rounds to whole multiples of `quantum` in place. */
export function quantised(values: Float64Array, quantum: number): Float64Array {
  for (let t = 0; t < values.length; t++) {
    values[t] = Math.round(values[t]! / quantum) * quantum;
  }
  return values;
}

/** The quantiles, `[level][step]`, put in ascending order at each step, in place. Source: Chernozhukov et al. (2010). */
export function orderedQuantiles(values: Float64Array, levelCount: number): Float64Array {
  const steps = values.length / levelCount;
  const column = new Float64Array(levelCount);
  for (let step = 0; step < steps; step++) {
    let isAscending = true;
    for (let row = 0; row < levelCount; row++) {
      column[row] = values[row * steps + step]!;
      isAscending &&= row === 0 || column[row]! >= column[row - 1]!;
    }
    if (!isAscending) {
      column.sort();
      for (let row = 0; row < levelCount; row++) {
        values[row * steps + step] = column[row]!;
      }
    }
  }
  return values;
}

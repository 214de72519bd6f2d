/**
 * The median of `values` by definition R-7, NaN where there are none; reorders them, in linear time.
 *
 * `values` holds no NaN. Source: Hoare (1961), FIND, with the middle of three as pivot.
 */
export function selectMedian(values: Float64Array): number {
  const { length } = values;
  if (length === 0) {
    return Number.NaN;
  }
  const upper = length >> 1;
  select(values, upper);
  const high = values[upper]!;
  if (length % 2 === 1) {
    return high;
  }
  let low = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < upper; i++) {
    low = Math.max(low, values[i]!);
  }
  return low + (high - low) / 2;
}

/** Puts the value of rank `rank` in its place, none larger before it, none smaller after it. */
function select(values: Float64Array, rank: number): void {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middleOfThree(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) {
        i++;
      }
      while (values[j]! > pivot) {
        j--;
      }
      if (i <= j) {
        const swapped = values[i]!;
        values[i++] = values[j]!;
        values[j--] = swapped;
      }
    }
    if (rank <= j) {
      right = j;
    } else if (rank >= i) {
      left = i;
    } else {
      return;
    }
  }
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

import { normalQuantile, sortedObserved } from '../statistics/index.ts';

/** Each value's normal score: the normal quantile of its middle rank among the measured ones; NaN stays NaN. */
export function normalScores(values: Float64Array): Float64Array {
  const sorted = sortedObserved(values);
  const scores = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const first = firstAtLeast(sorted, value);
    const end = sorted[first + 1] === value ? firstAbove(sorted, value) : first + 1;
    scores[i] = Number.isNaN(value) ? value : normalQuantile((first + end) / 2 / sorted.length);
  }
  return scores;
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

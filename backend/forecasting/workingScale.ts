import type { History } from './history.ts';

const LARGEST_EXPONENT = 300;

/**
 * A power of two by which values are multiplied so that their squares and sums neither overflow nor vanish; 1 for all
 * but extreme ones. Exact, since it touches no digit.
 */
export function workingScale(values: Float64Array): number {
  let largest = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > largest) {
      largest = size;
    }
  }
  const exponent = largest === 0 ? 0 : Math.floor(Math.log2(largest));
  return Math.abs(exponent) <= LARGEST_EXPONENT ? 1 : 2 ** -Math.max(-1000, Math.min(1000, exponent));
}

/** The history with its target multiplied by `scale`. */
export function scaledHistory(history: History, scale: number): History {
  return scale === 1
    ? history
    : {
        ...history,
        target: { grid: history.target.grid, values: history.target.values.map((value) => value * scale) },
      };
}

import { runningTotals } from './runningTotals.ts';

/** How far errors, in units of their foreseen size, went above a threshold, row by row, in running sums. */
export interface PastExcesses {
  /** Notes the error of the row that follows those noted so far, or that there is none. */
  add(error: number | undefined): void;
  /** The error of a row; 0 where there is none. */
  errorAt(row: number): number;
  /** The sum of the excesses from one row to another, inclusive. */
  sum(from: number, to: number): number;
  /** How many of these rows have an error. */
  count(from: number, to: number): number;
}

/** Excesses above `threshold`, each at most `most`, so that no single one says all; of the last `kept` rows. */
export function pastExcesses(threshold: number, most: number, kept: number): PastExcesses {
  const errors = new Float64Array(kept);
  const sums = runningTotals(kept);
  const counts = runningTotals(kept);
  return {
    add(error) {
      errors[sums.length % kept] = error ?? 0;
      sums.add(error === undefined ? 0 : excess(error, threshold, most));
      counts.add(error === undefined ? 0 : 1);
    },
    errorAt: (row) => (row < Math.max(0, sums.length - kept) || row >= sums.length ? 0 : errors[row % kept]!),
    sum: (from, to) => sums.between(from, to + 1),
    count: (from, to) => counts.between(from, to + 1),
  };
}

/** How far a value lies above a threshold, at most `most`. */
export function excess(value: number, threshold: number, most: number): number {
  return Math.min(most, Math.max(0, value - threshold));
}

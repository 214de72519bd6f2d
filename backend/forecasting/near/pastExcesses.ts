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

/** Excesses above `threshold`, each at most `most`, so that no single one says all. */
export function pastExcesses(threshold: number, most: number): PastExcesses {
  let errors = new Float64Array(1024);
  let sums = new Float64Array(1025);
  let counts = new Int32Array(1025);
  let length = 0;
  const between = (running: Float64Array | Int32Array, from: number, to: number): number => {
    const end = Math.min(length, to + 1);
    const start = Math.max(0, from);
    return end <= start ? 0 : running[end]! - running[start]!;
  };
  return {
    add(error) {
      if (length === errors.length) {
        const [moreErrors, moreSums] = [new Float64Array(2 * length), new Float64Array(2 * length + 1)];
        const moreCounts = new Int32Array(2 * length + 1);
        moreErrors.set(errors);
        moreSums.set(sums);
        moreCounts.set(counts);
        [errors, sums, counts] = [moreErrors, moreSums, moreCounts];
      }
      errors[length] = error ?? 0;
      sums[length + 1] = sums[length]! + (error === undefined ? 0 : excess(error, threshold, most));
      counts[length + 1] = counts[length]! + (error === undefined ? 0 : 1);
      length++;
    },
    errorAt: (row) => (row < 0 || row >= length ? 0 : errors[row]!),
    sum: (from, to) => between(sums, from, to),
    count: (from, to) => between(counts, from, to),
  };
}

/** How far a value lies above a threshold, at most `most`. */
export function excess(value: number, threshold: number, most: number): number {
  return Math.min(most, Math.max(0, value - threshold));
}

import { runningTotals } from './runningTotals.ts';

/** How far a model was off, row by row, in running sums of roots, so that one large error hardly moves a mean. */
export interface PastErrors {
  /** Notes an error of the row that follows those noted so far, or that there is none. */
  add(error: number | undefined): void;
  /** The usual size of the errors over `steps` rows that end with `row`, at most the last noted; 0 where there are none. */
  size(row: number, steps: number): number;
}

/** The errors of the last `kept` rows. */
export function pastErrors(kept: number): PastErrors {
  const roots = runningTotals(kept);
  const counts = runningTotals(kept);
  return {
    add(error) {
      roots.add(error === undefined ? 0 : Math.sqrt(Math.abs(error)));
      counts.add(error === undefined ? 0 : 1);
    },
    size(row, steps) {
      const end = Math.max(0, Math.min(roots.length, row + 1));
      const count = counts.between(end - steps, end);
      return count === 0 ? 0 : (roots.between(end - steps, end) / count) ** 2;
    },
  };
}

import type { ScoreRow } from './storage.ts';

/** Throws a RangeError for score rows that are not all of one workload. */
export function requireRowsOf(workload: string, rows: readonly ScoreRow[]): void {
  if (rows.some((row) => row.workload !== workload)) {
    throw new RangeError(`the score rows are not all of workload ${workload}`);
  }
}

/** How long a value has been standing, and how long the longest such stand was before. Plain data. */
export interface FrozenRun {
  readonly value: number | null;
  readonly length: number;
  readonly sinceSeconds: number;
}

export const NO_RUN: FrozenRun = { value: null, length: 0, sinceSeconds: 0 };

/** The run after one more measurement; a gap neither prolongs nor ends it. */
export function runAfter(run: FrozenRun, timeSeconds: number, truth: number): FrozenRun {
  if (!Number.isFinite(truth)) {
    return run;
  }
  return truth === run.value
    ? { ...run, length: run.length + 1 }
    : { value: truth, length: 1, sinceSeconds: timeSeconds };
}

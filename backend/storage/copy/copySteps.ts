/** What a long copy tells, and what ends it. */
export interface CopySteps {
  /** `done` of `total` rows are through. */
  readonly advance: (step: 'copying' | 'checking', done: number, total: number) => void;
  readonly signal: AbortSignal;
}

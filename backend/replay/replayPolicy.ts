/** What a policy may know at a decision: nothing of the trace after `known` rows. */
export interface ReplayMoment {
  readonly nowSeconds: number;
  /** Rows of the trace that are known, from its start. */
  readonly known: number;
  /** Replicas asked for so far. */
  readonly current: number;
  /** Replicas that serve now. */
  readonly ready: number;
}

/** Decides how many replicas to ask for, once a sync, in order of time. */
export interface ReplayPolicy {
  decide(moment: ReplayMoment): number;
}

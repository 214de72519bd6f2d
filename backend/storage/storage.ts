import type { Decision, NewDecision, Recommendation, RecommendationState } from '../../contract/index.ts';
import type { Outlook } from '../allocation/index.ts';
import type { Lease, LeaseAsk, LeaseGrant } from './lease.ts';

/** Running sums of live scores; means are the sums over `count`. One row for each key, added to over time. */
export interface ScoreRow {
  readonly workload: string;
  readonly series: string;
  readonly model: string;
  /** Lead times up to this: 15m, 1h, 6h, 24h. */
  readonly lead: string;
  /** Start of the UTC day of the truths, in epoch seconds: retention and windows go by it. */
  readonly daySeconds: number;
  readonly count: number;
  /** Sum over truths of the mean pinball loss x 2 over the levels 0.1 ... 0.9. */
  readonly sumCrps: number;
  readonly sumAbsoluteError: number;
  /** Sum of the seasonal-naive scale, so that MASE = sumAbsoluteError / sumScale. */
  readonly sumScale: number;
  readonly sumAbsoluteActual: number;
  /** Truths inside the central bands. */
  readonly inside80: number;
  /** `null` where the row has sums from before this was kept. */
  readonly inside90: number | null;
  readonly inside95: number;
}

export interface RecommendationFilter {
  readonly workload?: string;
  readonly states?: readonly RecommendationState[];
  /** Newest first; default 100. */
  readonly limit?: number;
}

export interface DecisionFilter {
  readonly workload?: string;
  readonly fromSeconds?: number;
  readonly toSeconds?: number;
  /** Those recorded before this number. */
  readonly beforeSeq?: number;
  /** Newest first; default 1000. */
  readonly limit?: number;
}

/**
 * What Headroom keeps: outlooks, recommendations, decisions, live scores, settings, leases.
 *
 * Each method is one transaction: when its promise resolves, the write survives a kill; when it rejects, nothing of
 * it happened, unless a database over the network was lost at the commit, which the error then says. Errors are
 * HeadroomErrors of the `STORAGE_` family. Records come back equal to what was saved, floats of outlooks to single
 * precision.
 *
 * What a workload's other ranges foresee is kept as that of a workload `name/near`, `name/planning`: a name has no `/`.
 */
export interface Storage {
  /** `sqlite`, `postgresql`, `memory`. */
  readonly kind: string;
  /**
   * Keeps a new outlook and trims the workload's former one to what it still answers for: the instants from its
   * `issuedAt + leadTime` up to the new one's, unless it is the first of its hour, which stays whole until its horizon
   * has passed (for scoring).
   */
  saveOutlook(outlook: Outlook, leadTimeSeconds: number): Promise<void>;
  latestOutlook(workload: string): Promise<Outlook | undefined>;
  /** Outlooks with instants in [from, to], oldest issue first, as trimmed. */
  outlooks(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]>;
  /** Whole (untrimmed) outlooks issued in [from, to], oldest first: what scoring reads. */
  wholeOutlooks(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]>;
  /** Deletes a workload's outlooks whose last instant lies before `endedBeforeSeconds`, but for the latest. */
  forgetOutlooks(workload: string, endedBeforeSeconds: number): Promise<void>;

  /** Inserts or replaces by id. */
  saveRecommendation(recommendation: Recommendation): Promise<void>;
  recommendation(id: string): Promise<Recommendation | undefined>;
  recommendations(filter: RecommendationFilter): Promise<readonly Recommendation[]>;

  /**
   * Puts a decision at the end of the chain and gives back what is kept, durably; a second append of the same id changes
   * nothing and gives back the first. Append-only: whoever appends meanwhile, the chain has no gap and no fork.
   */
  appendDecision(decision: NewDecision): Promise<Decision>;
  decision(id: string): Promise<Decision | undefined>;
  /** Newest first, in the order of recording. */
  decisions(filter: DecisionFilter): Promise<readonly Decision[]>;
  /** The chain as it is stored, oldest first, after number `afterSeq`; unchecked, for `verifyChain`. */
  decisionRecords(afterSeq: number, limit: number): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>;

  /** Adds to the score rows and moves the watermark up to which the workload's truths are scored, both or neither. */
  addScores(workload: string, rows: readonly ScoreRow[], scoredUntilSeconds: number): Promise<void>;
  scores(workload: string, fromDaySeconds: number): Promise<readonly ScoreRow[]>;
  scoredUntil(workload: string): Promise<number | undefined>;

  /** A JSON value by key, `undefined` where there is none. */
  setting(key: string): Promise<unknown>;
  setSetting(key: string, value: unknown): Promise<void>;
  deleteSetting(key: string): Promise<void>;
  /** Keys that begin with `prefix`, with their values. */
  settings(prefix: string): Promise<ReadonlyMap<string, unknown>>;

  /**
   * Gives the lease of a name to one holder at a time: where nobody holds it, where it has ended (`expiresSeconds` is its
   * first instant without it) or where the holder itself asks again. Its token is above all that were given of the name
   * before, for good: who is shown a lower one knows that it comes from a former holder.
   *
   * Throws a RangeError for an empty name or holder, a time that is not finite, a `ttlSeconds` that is not above 0.
   * (M. Kleppmann, How to do distributed locking, 2016.)
   */
  acquireLease(ask: LeaseAsk): Promise<Lease>;
  /** Prolongs a lease with its token; one that has ended or was given on is not held, and has to be acquired anew. */
  renewLease(ask: LeaseAsk & LeaseGrant): Promise<Lease>;
  /** Gives a lease back before its end; one that is held by another, or by a later token, stays as it is. */
  releaseLease(grant: LeaseGrant): Promise<void>;

  /** Deletes what is older than its retention. */
  prune(nowSeconds: number): Promise<void>;
  /** Forgets all of a workload, and of what is kept under `workload/...`, but its decisions. */
  forgetWorkload(workload: string): Promise<void>;
  close(): Promise<void>;
}

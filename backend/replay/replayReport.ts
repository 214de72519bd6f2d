import type { Comparison } from './compareFrontiers.ts';
import type { CapUse } from './policies/cappedPolicy.ts';
import type { ClonedUse } from './policies/clonedPolicy.ts';
import type { PolicyScore } from './policyScore.ts';
import type { PolicyRun } from './runPolicy.ts';

/** The policies that a replay knows. */
export const REPLAY_POLICIES = [
  'headroom',
  'headroom-floor-only',
  'hpa',
  'static',
  'seasonal',
  'crane',
  'holt-winters',
  'cloned',
  'oracle',
] as const;

export type ReplayPolicyName = (typeof REPLAY_POLICIES)[number];

/** What was set of a policy; null where there is nothing to set. */
export type PolicySetting = { readonly targetUtilization: number } | { readonly risk: number } | null;

/** One policy at one setting. */
export interface PolicyResult extends PolicyScore {
  readonly policy: ReplayPolicyName;
  readonly setting: PolicySetting;
  /** Of all requests; null where the service's own time is not known, or none arrived. */
  readonly p99LatencySeconds: number | null;
  /** Of `headroom` alone, but for a sweep's. */
  readonly cap?: CapUse;
  /** Of `cloned` alone. */
  readonly cloned?: ClonedUse;
}

export interface ReplayReport {
  readonly policies: readonly PolicyResult[];
  /** What each of them decided, in the same order. */
  readonly runs: readonly PolicyRun[];
  /** Empty without a sweep. */
  readonly sweep: readonly PolicyResult[];
  readonly comparisons: readonly Comparison[];
  /** Means over the targets 0.5, 0.6 and 0.7; null where HPA has no violation at any of them. */
  readonly costSavingAtEqualViolations: number | null;
  readonly violationReductionAtEqualCost: number | null;
  readonly costOverOracle: number | null;
}

import type { Expectation, Recommendation } from '../../contract/index.ts';
import type { PlanOutcome } from './planOutcome.ts';
import type { PlanTiers } from './planTiers.ts';
import type { Proposal, Proposer } from './proposal.ts';
import type { RecommendInput } from './recommend.ts';

/** All that a recommendation's words are made from. */
export interface Findings {
  readonly input: RecommendInput;
  readonly proposal: Proposal;
  readonly proposals: Proposer;
  readonly tiers: PlanTiers;
  readonly action: Recommendation['action'];
  readonly outcomes: { readonly current: PlanOutcome; readonly proposed: PlanOutcome };
  readonly expected: { readonly current: Expectation; readonly proposed: Expectation };
}

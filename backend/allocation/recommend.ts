import type { Expectation, Recommendation, ScaleLimits } from '../../contract/index.ts';
import type { TimeGrid } from '../timeseries/index.ts';
import type { CapacityLoad } from './capacityLoad.ts';
import type { Confidence } from './confidence.ts';
import { contentHash } from './contentHash.ts';
import { expectation } from './expectation.ts';
import type { NeedPaths } from './needPaths.ts';
import { planAction } from './planAction.ts';
import { planOutcome, type PlanOutcome } from './planOutcome.ts';
import { planTiers, type PlanTiers } from './planTiers.ts';
import { flatReplicaHour, planHourlyCost, type Prices } from './prices.ts';
import { proposer, type Proposal, type Proposer } from './proposal.ts';
import { reasonsFor } from './reasons.ts';
import { servingSteps } from './servingSteps.ts';
import { scenarioReasons, type Mixture } from './scenarios/scenarioReasons.ts';
import { planWarnings } from './planWarnings.ts';

const LEAST_LIFE_SECONDS = 900;

export interface RecommendInput {
  readonly workload: string;
  readonly nowSeconds: number;
  /** The steps of the futures. */
  readonly grid: TimeGrid;
  readonly futures: readonly NeedPaths[];
  /** Where the futures are a mixture: what it is made of, for the reasons. */
  readonly mixture?: Mixture;
  readonly loads: readonly CapacityLoad[];
  readonly current: number;
  /** Replicas that served so many seconds ago; absent: as many as now. */
  readonly replicasBefore?: (seconds: number) => number;
  /** What was asked for before, `[step]`, NaN where nothing was. */
  readonly standing?: ArrayLike<number>;
  readonly scaling: {
    readonly min: number;
    readonly max: number;
    readonly leadTimeSeconds: number;
    readonly limits?: ScaleLimits;
    readonly risk: number;
    readonly tiers: { readonly committed: number; readonly burst: number };
  };
  readonly prices: Prices;
  /** Requests a second that one replica serves; absent where it is not known, and what is dropped then costs nothing. */
  readonly requestsPerReplica?: number;
  readonly currency: string;
  readonly confidence: Confidence;
  readonly seed: number;
  readonly pathCount: number;
  /** Identifies the rest of the input: forecasts, histories, scenarios. */
  readonly inputHash: string;
  readonly warnings: readonly string[];
}

/** A recommendation with the arrays behind it, `[step]`. */
export interface Recommended {
  readonly recommendation: Recommendation;
  readonly proposal: Proposal;
  /** For other risks. */
  readonly proposals: Proposer;
  readonly tiers: PlanTiers;
  readonly hourlyCost?: Float64Array;
  /** Of the plan, also where holding is advised. */
  readonly planned: Expectation;
}

/** The least plan that keeps the risk for these futures, with its tiers, costs and reasons. */
export function recommend(input: RecommendInput): Recommended {
  const { grid, futures, current, scaling, prices, confidence, nowSeconds } = input;
  const proposals = proposer({
    ...scaling,
    futures,
    grid,
    nowSeconds,
    current,
    ...(input.replicasBefore === undefined ? {} : { replicasBefore: input.replicasBefore }),
  });
  const proposal = proposals.at(scaling.risk / confidence.caution, input.standing);
  const tiers = planTiers(
    futures,
    proposal.asked,
    proposal.blocks,
    scaling,
    { committed: scaling.tiers.committed * confidence.commitFactor, burst: scaling.tiers.burst },
    confidence.caution > 1 ? proposals.at(scaling.risk).asked : proposal.asked
  );
  const hourlyCost = planHourlyCost(proposal.asked, prices, () => tiers);
  const keep = Int32Array.from({ length: grid.length }, () => current);
  const flat = flatReplicaHour(prices);
  const keepCost = flat === undefined ? undefined : Float64Array.from(keep, (count) => count * flat);
  const outcomes = { current: planOutcome(futures, keep), proposed: planOutcome(futures, proposal.ready) };
  const expect = (asked: Int32Array, ready: Int32Array, hourly: Float64Array | undefined, outcome: PlanOutcome) =>
    expectation({ ...input, asked, ready, hourlyCost: hourly, outcome, risk: scaling.risk });
  const expected = {
    current: expect(keep, keep, keepCost, outcomes.current),
    proposed: expect(proposal.asked, proposal.ready, hourlyCost, outcomes.proposed),
  };
  const peak = proposal.asked.indexOf(proposal.asked.reduce((most, count) => Math.max(most, count), 0));
  const action = planAction(proposal.asked[peak]!, current, expected);
  const findings = { input, proposal, proposals, tiers, action, outcomes, expected };
  const content: Omit<Recommendation, 'id'> = {
    workload: input.workload,
    state: 'proposed',
    createdAt: nowSeconds,
    expiresAt: nowSeconds + Math.max(LEAST_LIFE_SECONDS, 3 * grid.stepSeconds, 2 * scaling.leadTimeSeconds),
    action,
    current: { replicas: current },
    proposed: { replicas: action === 'hold' ? current : proposal.floor },
    plan: {
      name: 'recommended',
      replicas:
        action === 'hold'
          ? [{ at: nowSeconds, count: current }]
          : servingSteps({ ...scaling, nowSeconds, current, floor: proposal.floor, grid, asked: proposal.ready }),
    },
    tiers: {
      committed: tiers.committed[peak]!,
      reserved: tiers.reserved[peak]!,
      total: proposal.asked[peak]!,
      burst: tiers.burst[peak]!,
    },
    expected: action === 'hold' ? { current: expected.current, proposed: expected.current } : expected,
    risk: scaling.risk,
    leadTimeSeconds: scaling.leadTimeSeconds,
    currency: input.currency,
    confidence: {
      level: confidence.level,
      historySeconds: confidence.historySeconds,
      coverage80: confidence.coverage80 ?? null,
    },
    reasons: [
      ...reasonsFor(findings),
      ...(input.mixture === undefined
        ? []
        : scenarioReasons(
            input.mixture,
            { ...scaling, grid, nowSeconds, current },
            scaling.risk / confidence.caution,
            proposal,
            tiers
          )),
    ],
    warnings: [...input.warnings, ...planWarnings(findings)],
    seed: input.seed,
    pathCount: input.pathCount,
  };
  return {
    recommendation: { id: contentHash(input.inputHash, content), ...content },
    proposal,
    proposals,
    tiers,
    planned: expected.proposed,
    ...(hourlyCost === undefined ? {} : { hourlyCost }),
  };
}

import type { Recommendation } from '../../../contract/index.ts';
import { confidenceOf } from '../confidence.ts';
import { contentHash } from '../contentHash.ts';
import { recommend } from '../recommend.ts';
import type { CountedPlan } from './planCounts.ts';
import { pricedPlans, type PricedPlan } from './pricedPlans.ts';
import type { CapacityLoad } from '../capacityLoad.ts';
import type { NeedPaths } from '../needPaths.ts';
import { kindsOfPlans, type KindsOfPlans } from './kinds/kindsOfPlans.ts';
import type { SampledPaths } from './kinds/sampledPaths.ts';
import type { WhatIfInput, WhatIfService } from './whatIfTypes.ts';

/** The plans to judge, with their prices over the horizon, the recommended one last; and the kinds of plans beside each other. */
export interface MadePlans {
  readonly plans: readonly PricedPlan[];
  readonly kinds: KindsOfPlans;
  readonly recommendation: Recommendation;
}

/** What plans are made from: the needs of a block of paths in each scenario that counts, and what presses on capacity. */
export interface PlanningFutures {
  readonly futures: readonly NeedPaths[];
  readonly loads: readonly CapacityLoad[];
  /** The first paths of each of the scenarios. */
  readonly samples: readonly SampledPaths[];
}

/** Recommends a plan for the futures, prices it and the given plans, and compares it with plans of other kinds; yields in between. */
export function* makePlans(
  input: WhatIfInput,
  service: WhatIfService,
  { futures, loads, samples }: PlanningFutures,
  given: readonly CountedPlan[]
): Generator<void, MadePlans, void> {
  const [demand] = input.series;
  const { grid } = demand!.forecast;
  const nowSeconds = grid.startSeconds - grid.stepSeconds;
  const confidence = confidenceOf(input.confidence);
  const requestsPerReplica = demand!.perReplica! / (service.model?.unitSeconds ?? 1);
  const scaling = { ...service, leadTimeSeconds: service.startSeconds };
  const recommended = recommend({
    workload: demand!.name,
    nowSeconds,
    grid,
    futures,
    loads,
    current: service.current,
    scaling,
    prices: service.prices,
    requestsPerReplica,
    currency: service.currency,
    confidence,
    seed: input.seed,
    pathCount: futures[0]!.pathCount,
    inputHash: contentHash(
      { scenarios: input.scenarios, service, pathCount: input.pathCount, grid },
      ...input.series.flatMap(({ name, perReplica, forecast, history }) => [
        [name, perReplica ?? null, forecast.levels],
        forecast.values,
        history.values,
      ])
    ),
    warnings: [],
  });
  const { proposals, proposal } = recommended;
  const plans = [...given, { name: 'recommended', counts: proposal.ready }];
  yield;
  return {
    plans: pricedPlans(input, service, futures, plans),
    kinds: yield* kindsOfPlans({
      series: input.series,
      service,
      samples,
      proposals,
      proposal,
      accepted: service.risk / confidence.caution,
      tierLevels: { committed: service.tiers.committed * confidence.commitFactor, burst: service.tiers.burst },
    }),
    recommendation: recommended.recommendation,
  };
}

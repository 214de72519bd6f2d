import { confidenceOf } from '../confidence.ts';
import type { NeedPaths } from '../needPaths.ts';
import { paidHours } from '../paidHours.ts';
import { planBlocks } from '../planBlocks.ts';
import { planTiers, stepNeeds } from '../planTiers.ts';
import type { StepNeed } from '../stepNeed.ts';
import { flatReplicaHour, planHourlyCost } from '../prices.ts';
import type { CountedPlan } from './planCounts.ts';
import type { WhatIfInput, WhatIfService } from './whatIfTypes.ts';

/** A plan, and the price of its replicas over the horizon, those that start and drain among them; undefined without one. */
export interface PricedPlan {
  readonly plan: CountedPlan;
  readonly replicaCost: number | undefined;
}

/** Prices plans; tiers are those of the needs in `futures`. */
export function pricedPlans(
  input: WhatIfInput,
  service: WhatIfService,
  futures: readonly NeedPaths[],
  plans: readonly CountedPlan[]
): readonly PricedPlan[] {
  const { grid } = input.series[0]!.forecast;
  const { current, startSeconds, drainSeconds = 0, prices, tiers } = service;
  const { commitFactor } = confidenceOf(input.confidence);
  const levels = { committed: tiers.committed * commitFactor, burst: tiers.burst };
  const { ofStep } = planBlocks(grid, startSeconds);
  let needs: readonly StepNeed[] | undefined;
  const tiersOf = (counts: Int32Array) =>
    planTiers(futures, counts, ofStep, service, levels, counts, (needs ??= stepNeeds(futures, service)));
  const replicaCost = (counts: Int32Array) => {
    const hourly = planHourlyCost(counts, prices, () => tiersOf(counts));
    if (hourly === undefined) {
      return undefined;
    }
    const serving = hourly.reduce((sum, cost) => sum + cost, 0) * (grid.stepSeconds / 3600);
    const { changing } = paidHours(counts, current, grid.stepSeconds, { startSeconds, drainSeconds });
    return serving + changing * (flatReplicaHour(prices) ?? 0);
  };
  return plans.map((plan) => ({ plan, replicaCost: replicaCost(plan.counts) }));
}

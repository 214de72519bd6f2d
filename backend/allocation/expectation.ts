import type { Expectation } from '../../contract/index.ts';
import { timeAt, type TimeGrid } from '../timeseries/index.ts';
import type { PlanOutcome } from './planOutcome.ts';
import { violationCost, type Prices } from './prices.ts';

/**
 * What an allocation is expected to cost over the horizon: its replicas at `hourlyCost`, `[step]`, and the minutes of
 * shortfall; `asked` are the replicas paid for, `[step]`.
 */
export function expectation(
  grid: TimeGrid,
  asked: Int32Array,
  hourlyCost: Float64Array | undefined,
  outcome: PlanOutcome,
  prices: Prices,
  risk: number
): Expectation {
  const stepHours = grid.stepSeconds / 3600;
  const firstStep = outcome.probability.findIndex((probability) => probability > risk);
  const shortfallMinutes = (outcome.shortSteps * grid.stepSeconds) / 60;
  const violations = violationCost(shortfallMinutes, prices);
  return {
    replicaHours: asked.reduce((sum, count) => sum + count, 0) * stepHours,
    cost: hourlyCost === undefined ? null : hourlyCost.reduce((sum, cost) => sum + cost, 0) * stepHours + violations,
    shortfallProbability: outcome.anyProbability,
    shortfallMinutes,
    firstShortfallAt: firstStep < 0 ? null : timeAt(grid, firstStep),
  };
}

import type { Expectation } from '../../contract/index.ts';
import { timeAt, type TimeGrid } from '../timeseries/index.ts';
import type { NeedPaths } from './needPaths.ts';
import type { PlanOutcome } from './planOutcome.ts';
import { churnCost, violationCost, type Prices } from './prices.ts';
import { replicaGaps } from './replicaGaps.ts';

export interface ExpectationInput {
  readonly grid: TimeGrid;
  readonly futures: readonly NeedPaths[];
  /** Replicas that serve now. */
  readonly current: number;
  /** Replicas paid for, and those that serve, `[step]`. */
  readonly asked: Int32Array;
  readonly ready: Int32Array;
  /** `[step]`; absent without a price of replicas. */
  readonly hourlyCost: Float64Array | undefined;
  readonly outcome: PlanOutcome;
  readonly prices: Prices;
  /** Requests a second that one replica serves, where it is known. */
  readonly requestsPerReplica?: number;
  readonly risk: number;
}

/**
 * What an allocation is expected to cost over the horizon: its replicas, minutes of shortfall, changes, and what is
 * dropped and idle, as far as each has a price; a replica that is missing drops all that it would have served.
 */
export function expectation(input: ExpectationInput): Expectation {
  const { grid, asked, hourlyCost, outcome, risk } = input;
  const stepHours = grid.stepSeconds / 3600;
  const firstStep = outcome.probability.findIndex((probability) => probability > risk);
  const shortfallMinutes = (outcome.shortSteps * grid.stepSeconds) / 60;
  return {
    replicaHours: asked.reduce((sum, count) => sum + count, 0) * stepHours,
    cost:
      hourlyCost === undefined
        ? null
        : hourlyCost.reduce((sum, cost) => sum + cost, 0) * stepHours + besideReplicas(input, shortfallMinutes),
    shortfallProbability: outcome.anyProbability,
    shortfallMinutes,
    firstShortfallAt: firstStep < 0 ? null : timeAt(grid, firstStep),
  };
}

/** What an allocation costs beside its replicas: minutes of shortfall, changes, and what is dropped and idle. */
export function besideReplicas(
  {
    grid,
    futures,
    current,
    asked,
    ready,
    prices,
    requestsPerReplica = 0,
  }: Omit<ExpectationInput, 'hourlyCost' | 'outcome' | 'risk'>,
  shortfallMinutes: number
): number {
  const { droppedThousand = 0, idleReplicaHour = 0 } = prices;
  const gaps = droppedThousand === 0 && idleReplicaHour === 0 ? { missing: 0, idle: 0 } : replicaGaps(futures, ready);
  return (
    violationCost(shortfallMinutes, prices) +
    churnCost(asked, current, prices) +
    ((gaps.missing * requestsPerReplica * grid.stepSeconds) / 1000) * droppedThousand +
    ((gaps.idle * grid.stepSeconds) / 3600) * idleReplicaHour
  );
}

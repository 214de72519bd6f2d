import { timeAt, type TimeGrid } from '../timeseries/index.ts';
import { leastPlans, type LeastPlan } from './leastPlans.ts';
import type { NeedPaths } from './needPaths.ts';
import { planBlocks } from './planBlocks.ts';
import { steadied } from './steadied.ts';
import { windowRisk } from './windowRisk.ts';

const HOLD_SECONDS = 3600;

export interface ProposalInput {
  readonly futures: readonly NeedPaths[];
  /** The steps of the futures. */
  readonly grid: TimeGrid;
  readonly nowSeconds: number;
  readonly current: number;
  readonly min: number;
  readonly max: number;
  readonly leadTimeSeconds: number;
}

/** What to ask for, and what then serves; arrays are replicas, `[step]`. */
export interface Proposal {
  /** The floor to set now: what the time needs that only a decision of now can still serve. */
  readonly floor: number;
  /** Asked for and paid. */
  readonly asked: Int32Array;
  /** Ready: until leadTime has passed no more than now. */
  readonly ready: Int32Array;
  /** The mean risk of a window that a decision now can reach, and whether it is as small as wished. */
  readonly risk: number;
  readonly isWithinRisk: boolean;
  readonly blocks: Int32Array;
}

/** Makes proposals at any accepted risk for one problem. */
export interface Proposer {
  readonly windowSteps: number;
  /** False where the horizon ends before a replica asked for now would serve; risk then counts from the first step. */
  readonly isReachable: boolean;
  /** `standing` is what was asked for before, `[step]`, NaN where nothing was: kept where it still does. */
  at(risk: number, standing?: ArrayLike<number>): Proposal;
}

/** Prepares proposals for the needs of some futures. */
export function proposer(input: ProposalInput): Proposer {
  const { futures, grid, nowSeconds, current, min, max, leadTimeSeconds } = input;
  const readySeconds = nowSeconds + leadTimeSeconds;
  const blocks = planBlocks(grid, leadTimeSeconds);
  const unreachable = stepsBefore(grid, readySeconds);
  const isReachable = unreachable < grid.length;
  // A window longer than the horizon is the horizon: there is one of them.
  const windowSteps = Math.max(1, Math.min(grid.length, Math.floor(leadTimeSeconds / grid.stepSeconds + 1e-9)));
  const problem = {
    futures,
    min,
    max,
    windowSteps,
    firstStep: isReachable ? unreachable : 0,
    blocks: blocks.ofStep,
    holdBlocks: Math.round(HOLD_SECONDS / blocks.seconds),
    current,
  };
  const plans = leastPlans(problem);
  const coveredSteps = Math.min(grid.length, Math.max(1, stepsBefore(grid, readySeconds + grid.stepSeconds)));

  function propose(plan: LeastPlan): Proposal {
    const floor = plan.counts.subarray(0, coveredSteps).reduce((most, count) => Math.max(most, count), 0);
    const asked = plan.counts.map((count, step) => (step < coveredSteps ? floor : count));
    return {
      floor,
      asked,
      ready: asked.map((count, step) => (step < unreachable ? Math.min(current, floor) : count)),
      risk: plan.risk,
      isWithinRisk: plan.isWithinRisk,
      blocks: blocks.ofStep,
    };
  }

  return {
    windowSteps,
    isReachable,
    at(risk, standing) {
      const least = plans(risk);
      if (standing === undefined || !least.isWithinRisk) {
        return propose(least);
      }
      const counts = steadied(problem, least.counts, standing, risk);
      return propose({ counts, risk: windowRisk(problem, counts), isWithinRisk: true });
    },
  };
}

/** How many steps of the grid lie before an instant. */
function stepsBefore(grid: TimeGrid, timeSeconds: number): number {
  let count = 0;
  while (count < grid.length && timeAt(grid, count) < timeSeconds) {
    count++;
  }
  return count;
}

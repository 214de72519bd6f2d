import type { ScaleLimits } from '../../contract/index.ts';
import { timeAt, type TimeGrid } from '../timeseries/index.ts';
import { leastPlans, type LeastPlan } from './leastPlans.ts';
import { limitedCounts } from './limits/limitedCounts.ts';
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
  /** How fast a plan may change; absent: as fast as it likes. */
  readonly limits?: ScaleLimits;
  /** Replicas that served so many seconds ago; absent: as many as now. */
  readonly replicasBefore?: (seconds: number) => number;
}

/** What to ask for, and what then serves; arrays are replicas, `[step]`. */
export interface Proposal {
  /** The floor to set now: what the time needs that only a decision of now can still serve. */
  readonly floor: number;
  /** Asked for and paid. */
  readonly asked: Int32Array;
  /** What would be asked for if it could change as fast as it likes. */
  readonly unlimited: Int32Array;
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
  /** The first step (from 0) at which replicas asked for now serve; windows before it do not count. */
  readonly firstStep: number;
  /** False where the horizon ends before a replica asked for now would serve; risk then counts from the first step. */
  readonly isReachable: boolean;
  /** `standing` is what was asked for before, `[step]`, NaN where nothing was: kept where it still does. */
  at(risk: number, standing?: ArrayLike<number>): Proposal;
}

/** Prepares proposals for the needs of some futures. */
export function proposer(input: ProposalInput): Proposer {
  const { futures, grid, nowSeconds, current, min, max, leadTimeSeconds, limits, replicasBefore } = input;
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

  /** The first change is the floor of now, the others follow step by step. */
  function limit(unlimited: Int32Array): Int32Array {
    const before = (seconds: number) => (seconds === 0 ? current : (replicasBefore?.(seconds) ?? current));
    const changes = unlimited.subarray(coveredSteps - 1);
    const limited = limitedCounts(changes, { limits, min, max, stepSeconds: grid.stepSeconds, before });
    return unlimited.map((_, step) => limited[Math.max(0, step - coveredSteps + 1)]!);
  }

  function propose(plan: LeastPlan, risk: number): Proposal {
    const highest = plan.counts.subarray(0, coveredSteps).reduce((most, count) => Math.max(most, count), 0);
    const unlimited = plan.counts.map((count, step) => (step < coveredSteps ? highest : count));
    const asked = limits === undefined ? unlimited : limit(unlimited);
    const floor = asked[0]!;
    const isChanged = asked.some((count, step) => count !== unlimited[step]);
    const reached = isChanged ? windowRisk(problem, asked) : plan.risk;
    return {
      floor,
      asked,
      unlimited,
      ready: asked.map((count, step) => (step < unreachable ? Math.min(current, floor) : count)),
      risk: reached,
      isWithinRisk: isChanged ? reached <= risk : plan.isWithinRisk,
      blocks: blocks.ofStep,
    };
  }

  return {
    windowSteps,
    firstStep: problem.firstStep,
    isReachable,
    at(risk, standing) {
      const least = plans(risk);
      if (standing === undefined || !least.isWithinRisk) {
        return propose(least, risk);
      }
      const counts = steadied(problem, least.counts, standing, risk);
      return propose({ counts, risk: windowRisk(problem, counts), isWithinRisk: true }, risk);
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

import type { NeedPaths } from './needPaths.ts';

/** What a plan must do: carry the needs within a risk, with replicas between `min` and `max`. */
export interface PlanProblem {
  readonly futures: readonly NeedPaths[];
  readonly min: number;
  readonly max: number;
  /** Steps in a window of leadTime, 1 or more. */
  readonly windowSteps: number;
  /** The first step (from 0) at which replicas asked for now serve; windows before it do not count. */
  readonly firstStep: number;
  /** The block of each step, from 0 and ascending: a plan changes only between blocks. */
  readonly blocks: Int32Array;
  /** Dips of at most so many blocks are not followed. */
  readonly holdBlocks: number;
  /** Replicas that serve now. */
  readonly current: number;
}

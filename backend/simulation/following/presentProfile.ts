import type { TimeGrid } from '../../timeseries/index.ts';

/** The quantiles that a hypothesis about the present is told by. */
export const PROFILE_LEVELS = [0.1, 0.5, 0.9] as const;

/**
 * What each hypothesis (the baseline first, then each scenario as if it had just begun) says of the next steps.
 *
 * `values` is `[hypothesis][series][level][step]` of PROFILE_LEVELS.
 */
export interface PresentProfile {
  readonly grid: TimeGrid;
  readonly series: readonly string[];
  readonly hypotheses: readonly string[];
  readonly values: ReadonlyArray<ReadonlyArray<ReadonlyArray<readonly number[]>>>;
}

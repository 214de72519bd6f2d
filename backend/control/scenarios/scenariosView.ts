import type { ScenarioOutlook } from '../../allocation/index.ts';
import type { FollowedDays } from '../../simulation/index.ts';

/** The future without a scenario, among the names of those. */
export const BASELINE = 'baseline';

/** The scenarios that a workload keeps; the baseline comes first in names, priors and weights. */
export interface ScenariosView {
  readonly names: readonly string[];
  readonly priors: readonly number[];
  /** The priors as declared. */
  readonly declared: readonly number[];
  /** On how many days the present followed each, of those that were decided; both forget. null of the baseline. */
  readonly days: ReadonlyArray<FollowedDays | null>;
  /** How far the present follows each; they add up to 1. */
  readonly weights: readonly number[];
  /** The last measurement that they rest on. */
  readonly atSeconds: number;
  /** The weights after each step, the last 288. */
  readonly history: ReadonlyArray<{ readonly at: number; readonly weights: readonly number[] }>;
  /** What was last foreseen in each; empty before the first turn after a start. */
  readonly outlooks: readonly ScenarioOutlook[];
}

import type { Scenario } from '../../../contract/index.ts';

/**
 * How much the baseline and each scenario count in the mixture that a plan is made for, `[baseline, ...scenarios]`.
 *
 * A scenario counts by its probability, 1 where it names none; what they leave below 1 is the baseline's, and above 1
 * they are scaled down. Without scenarios the baseline is all.
 */
export function scenarioWeights(scenarios: readonly Scenario[]): readonly number[] {
  const probabilities = scenarios.map(({ probability }) => probability ?? 1);
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  return sum > 1 ? [0, ...probabilities.map((probability) => probability / sum)] : [1 - sum, ...probabilities];
}

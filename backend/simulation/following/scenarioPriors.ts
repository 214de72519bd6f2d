import type { Scenario } from '../../../contract/index.ts';

/** Of a scenario that names no probability. */
const DEFAULT_PRIOR = 0.05;
/** The baseline keeps at least the rest. */
export const MOST_OF_SCENARIOS = 0.5;
const LEAST_PRIOR = 1e-4;

/** What the baseline and each scenario weigh before anything is seen, `[baseline, ...scenarios]`; they add up to 1. */
export function scenarioPriors(scenarios: ReadonlyArray<Pick<Scenario, 'probability'>>): number[] {
  const named = scenarios.map(({ probability }) => Math.max(LEAST_PRIOR, probability ?? DEFAULT_PRIOR));
  const sum = named.reduce((total, prior) => total + prior, 0);
  const scale = Math.min(1, MOST_OF_SCENARIOS / sum);
  return [1 - (scenarios.length === 0 ? 0 : sum * scale), ...named.map((prior) => prior * scale)];
}

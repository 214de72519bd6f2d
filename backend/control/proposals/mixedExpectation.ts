import type { Expectation, SimulationReport } from '../../../contract/index.ts';

/**
 * What a plan of a simulation is expected to cost in the mixture of its scenarios, and how likely it falls short; null
 * where no scenario judged it.
 *
 * Costs, hours, minutes and probabilities are means over the scenarios by their weights.
 */
export function mixedExpectation(
  { scenarios, cutoff, stepSeconds }: Pick<SimulationReport, 'scenarios' | 'cutoff' | 'stepSeconds'>,
  plan: string,
  risk: number
): Expectation | null {
  const judged = scenarios.flatMap(({ weight, plans }) => {
    const found = plans.find((each) => each.plan === plan);
    return found === undefined || weight === 0 ? [] : [{ weight, found }];
  });
  const total = judged.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) {
    return null;
  }
  const mean = (of: (found: (typeof judged)[number]['found']) => number) =>
    judged.reduce((sum, { weight, found }) => sum + weight * of(found), 0) / total;
  const steps = judged[0]?.found.shortfallProbability.length ?? 0;
  const isPriced = judged.every(({ found }) => found.cost !== null);
  let first: number | null = null;
  for (let step = 0; step < steps && first === null; step++) {
    const probability = mean((found) => found.shortfallProbability[step] ?? 0);
    first = probability > risk ? cutoff + (step + 1) * stepSeconds : null;
  }
  return {
    replicaHours: mean((found) => found.replicaHours),
    cost: isPriced ? mean((found) => found.cost ?? 0) : null,
    shortfallProbability: Math.min(
      1,
      mean((found) => found.shortfallProbabilityHorizon)
    ),
    shortfallMinutes: mean((found) => found.violationMinutes),
    firstShortfallAt: first,
  };
}

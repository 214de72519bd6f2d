import { MOST_OF_SCENARIOS } from './scenarioPriors.ts';

/** On how many days the present followed a scenario, and on how many that was decided; both forget. */
export interface FollowedDays {
  readonly followed: number;
  readonly decided: number;
}

/** What is declared counts as much as so many decided days. */
export const DECLARED_DAYS = 30;
/** A prior moves no further from what is declared, up or down. */
const MOST_CHANGE = 5;

/**
 * What the baseline and each scenario weigh before anything is seen, `[baseline, ...scenarios]`, by the mean of a Beta
 * that begins with the declared prior: each day on which the present followed the scenario, or plainly did not, counts.
 * Bounded around what is declared, half at most for all scenarios together; they add up to 1.
 */
export function learntPriors(declared: readonly number[], days: readonly FollowedDays[]): number[] {
  if (days.every(({ decided }) => decided === 0)) {
    return [...declared];
  }
  const own = declared.slice(1).map((prior, index) => {
    const { followed, decided } = days[index] ?? { followed: 0, decided: 0 };
    const mean = (prior * DECLARED_DAYS + followed) / (DECLARED_DAYS + decided);
    return Math.max(prior / MOST_CHANGE, Math.min(prior * MOST_CHANGE, mean));
  });
  const sum = own.reduce((total, prior) => total + prior, 0);
  const scale = Math.min(1, MOST_OF_SCENARIOS / sum);
  const scaled = own.map((prior) => prior * (sum > 0 ? scale : 1));
  return [1 - scaled.reduce((total, prior) => total + prior, 0), ...scaled];
}

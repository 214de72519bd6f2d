import type { PolicyScore } from '../policyScore.ts';

const NOISE = 1e-9;

/** Whether a score costs no more than another; where a price is missing, neither more replica-hours nor more violations. */
export function isNoWorse(score: PolicyScore, than: PolicyScore): boolean {
  const isAtMost = (one: number, other: number): boolean => one <= other + NOISE * Math.abs(other);
  return score.cost !== null && than.cost !== null
    ? isAtMost(score.cost, than.cost)
    : isAtMost(score.replicaHours, than.replicaHours) && isAtMost(score.violationMinutes, than.violationMinutes);
}

import type { PlanProblem } from './planProblem.ts';
import { windowRisk } from './windowRisk.ts';

/** A plan that stands may cost so many times the replicas of the least one before it is given up, as an HPA tolerates. */
const SLACK = 1.1;

/**
 * The counts to ask for, `[step]`, where `standing` was asked for before and `least` is the least plan now: what stands
 * where that keeps the risk, else that raised to the least plan; the least plan where either costs over a tenth more.
 *
 * So a forecast that breathes moves nothing once its highest breath is covered, and no risk is added.
 */
export function steadied(
  problem: Pick<PlanProblem, 'futures' | 'windowSteps' | 'firstStep' | 'min' | 'max'>,
  least: Int32Array,
  standing: ArrayLike<number>,
  risk: number
): Int32Array {
  const { min, max } = problem;
  const size = (counts: Int32Array) => counts.reduce((sum, count) => sum + count, 0);
  const kept = least.map((count, step) =>
    Number.isFinite(standing[step]) ? Math.max(min, Math.min(max, standing[step]!)) : count
  );
  const most = SLACK * size(least);
  if (size(kept) <= most && windowRisk(problem, kept) <= risk) {
    return kept;
  }
  const raised = kept.map((count, step) => Math.max(count, least[step]!));
  return size(raised) <= most ? raised : least;
}

import type { Plan } from '../../contract/plan.ts';

/** The steps still to come, after the one that holds now. */
export function comingSteps({ replicas }: Plan, now: number): Plan['replicas'] {
  const next = replicas.findIndex(({ at }) => at > now);
  return next < 0 ? replicas.slice(-1) : replicas.slice(Math.max(0, next - 1));
}

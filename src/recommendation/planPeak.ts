import type { Plan } from '../../contract/plan.ts';

/** The most replicas that a plan asks for. */
export function planPeak({ replicas }: Plan): number {
  return replicas.reduce((most, { count }) => Math.max(most, count), 0);
}

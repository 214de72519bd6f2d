import { z } from 'zod';
import { planSchema, type Plan } from '../../../contract/index.ts';

/** A plan that a person approved: it is followed until it ends, is superseded, rolled back or paused. */
export const approvalSchema = z.object({
  recommendation: z.string(),
  who: z.string(),
  at: z.number(),
  until: z.number(),
  plan: planSchema,
});

export type Approval = z.infer<typeof approvalSchema>;

export function approvalKey(workload: string): string {
  return `acting/approval/${workload}`;
}

/**
 * Replicas to ask for at `nowSeconds` so that the plan's serve in time: the most within a lead time from now.
 * Undefined where nothing is approved, the plan is over or empty.
 */
export function approvedFloor(
  approval: { readonly plan: Plan; readonly until: number } | undefined,
  nowSeconds: number,
  leadTimeSeconds: number
): number | undefined {
  if (approval === undefined || nowSeconds >= approval.until) {
    return undefined;
  }
  const { replicas } = approval.plan;
  // Before its first instant, as after the clock jumped back, a plan asks for what it begins with.
  const present = (replicas.findLast(({ at }) => at <= nowSeconds) ?? replicas[0])?.count;
  if (present === undefined) {
    return undefined;
  }
  return replicas
    .filter(({ at }) => at > nowSeconds && at <= nowSeconds + leadTimeSeconds)
    .reduce((most, { count }) => Math.max(most, count), present);
}

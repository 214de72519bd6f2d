import type { WorkloadDetail } from '../../../contract/api.ts';
import type { Recommendation } from '../../../contract/recommendation.ts';
import { planPeak } from '../../recommendation/planPeak';

/** A recommendation as a stat says it. */
export interface Advice {
  readonly id: string;
  readonly action: Recommendation['action'];
  readonly current: number | null;
  /** The most that the plan asks for within the horizon. */
  readonly proposed: number;
  /** Epoch seconds of the first step that asks for another number than there is now; null where none does. */
  readonly changesAt: number | null;
  readonly costHourly: { readonly current: number | null; readonly proposed: number | null; readonly currency: string };
  /** Expected minutes of shortfall within the horizon, without and with it; null where unknown. */
  readonly minutesShort: { readonly current: number | null; readonly proposed: number };
}

/** The recommendation that stands for a workload; null where there is none. */
export function adviceOf({ recommendation, summary, now }: WorkloadDetail): Advice | null {
  if (recommendation === null) {
    return null;
  }
  const { id, action, current, plan, expected } = recommendation;
  const coming = plan.replicas.filter((_, index) => (plan.replicas[index + 1]?.at ?? Number.MAX_SAFE_INTEGER) > now);
  return {
    id,
    action,
    current: current.replicas,
    proposed: planPeak(plan),
    changesAt: coming.find(({ count }) => count !== current.replicas)?.at ?? null,
    costHourly: summary.costHourly,
    minutesShort: {
      current: expected.current?.shortfallMinutes ?? null,
      proposed: expected.proposed.shortfallMinutes,
    },
  };
}

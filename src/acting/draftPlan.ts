import type { Plan } from '../../contract/plan.ts';
import { comingSteps } from '../recommendation/comingSteps';
import { t } from '../translations';

/** A step as it stands in its fields. */
export interface DraftStep {
  /** A duration from now on. */
  readonly at: string;
  readonly count: string;
}

const DURATION = /^(?:0|(?:\d+(?:ms|[smhdwy]))+)$/;
const MINUTE_SECONDS = 60;

/** The steps of a plan that are still to come, in minutes from now; `now` in epoch seconds. */
export function stepsOf(plan: Plan, now: number): DraftStep[] {
  return comingSteps(plan, now).map(({ at, count }) => ({
    at: `${Math.max(0, Math.round((at - now) / MINUTE_SECONDS))}m`,
    count: String(count),
  }));
}

/** What is wrong with the fields; null where nothing is. The sidecar checks bounds and order. */
export function problemOfSteps(steps: readonly DraftStep[]): string | null {
  for (const [index, { at, count }] of steps.entries()) {
    if (!DURATION.test(at.trim())) {
      return t('propose.atProblem', 'Step {{number}}: enter a duration such as 0m, 45m or 3h', { number: index + 1 });
    }
    if (!/^\d+$/.test(count.trim())) {
      return t('propose.countProblem', 'Step {{number}}: enter a whole number of replicas', { number: index + 1 });
    }
  }
  return null;
}

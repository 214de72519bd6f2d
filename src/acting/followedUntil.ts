import type { Recommendation } from '../../contract/recommendation.ts';
import { formatTime } from '../formatting/formatTime';
import { t } from '../translations';

/** What approving begins: the plan is followed step by step, and its last step holds until it is over. */
export function followedUntil({ plan }: Recommendation, timeZone: string): string {
  const { replicas } = plan;
  const last = replicas.at(-1);
  return replicas.length <= 1 || last === undefined
    ? t('approve.once', 'The floor is set once, and goes back to its owner when the plan is over.')
    : t(
        'approve.followed',
        'Then the plan is followed: {{count}} steps until {{time}}, each raised a lead time before, lowered under the guardrails; after it the floor goes back to its owner.',
        { count: replicas.length, time: formatTime(last.at, timeZone) }
      );
}

import type { Recommendation } from '../../contract/recommendation.ts';
import { formatReplicas } from '../formatting/formatReplicas';
import { t } from '../translations';
import { planPeak } from './planPeak';

/** What a recommendation comes down to, in one line: the most that its plan asks for beside what runs now. */
export function headline({ action, current, plan }: Pick<Recommendation, 'action' | 'current' | 'plan'>): string {
  const values = { now: formatReplicas(current.replicas), peak: formatReplicas(planPeak(plan)) };
  switch (action) {
    case 'raise':
      return t('recommendation.raise', 'Raise to {{peak}} replicas at the peak; {{now}} run now', values);
    case 'lower':
      return t('recommendation.lower', 'Lower to {{peak}} replicas at the peak; {{now}} run now', values);
    case 'hold':
      return t('recommendation.hold', 'Hold {{peak}} replicas', values);
  }
}

import type { RecommendationState } from '../../contract/recommendation.ts';
import { t } from '../translations';

/** What has become of a recommendation, in a word. */
export function stateName(state: RecommendationState): string {
  switch (state) {
    case 'proposed':
      return t('recommendation.state.proposed', 'Proposed');
    case 'approved':
      return t('recommendation.state.approved', 'Approved');
    case 'applied':
      return t('recommendation.state.applied', 'Applied');
    case 'dismissed':
      return t('recommendation.state.dismissed', 'Dismissed');
    case 'snoozed':
      return t('recommendation.state.snoozed', 'Snoozed');
    case 'superseded':
      return t('recommendation.state.superseded', 'Superseded');
    case 'expired':
      return t('recommendation.state.expired', 'Expired');
    case 'rolled-back':
      return t('recommendation.state.rolledBack', 'Rolled back');
  }
}

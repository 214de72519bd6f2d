import type { WorkloadSummary } from '../../contract/api.ts';
import type { Recommendation } from '../../contract/recommendation.ts';
import { isOpen } from '../recommendation/isOpen';
import { stateName } from '../recommendation/stateName';
import { t } from '../translations';

/**
 * Why a recommendation cannot be approved now, whoever asks; null where nothing is known to stand against it. The
 * sidecar decides: this only spares a click that it would refuse. `now` in epoch seconds.
 */
export function approvalBlock(
  recommendation: Recommendation,
  summary: WorkloadSummary | undefined,
  now: number
): string | null {
  if (!isOpen(recommendation, now)) {
    return isAnswered(recommendation)
      ? t('approve.answered', 'It is {{state}} already', { state: stateName(recommendation.state).toLowerCase() })
      : t('approve.expired', 'It has expired: look at the one that stands now');
  }
  if (summary === undefined) {
    return null;
  }
  const { mode, scaling } = summary;
  if (scaling === undefined || !scaling.hasTarget) {
    return t('approve.noTarget', 'This workload has nothing to act on: its declaration names no target');
  }
  if (mode === 'observe') {
    return t('approve.observes', 'This workload is observed only: set its mode to approve first');
  }
  if (scaling.paused.out && scaling.paused.in) {
    return t('approve.paused', 'Scaling is paused for this workload');
  }
  return null;
}

function isAnswered({ state }: Recommendation): boolean {
  return state !== 'proposed' && state !== 'snoozed' && state !== 'expired';
}

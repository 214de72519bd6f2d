import type { Recommendation } from '../../contract/recommendation.ts';
import { formatReplicas } from '../formatting/formatReplicas';
import { headline } from '../recommendation/headline';
import { t } from '../translations';

type Looked = Pick<Recommendation, 'action' | 'current' | 'plan' | 'proposed' | 'tiers' | 'state'>;

/** What is another in a recommendation than when it was looked at, of what its version stands for. */
export function movedWords(before: Looked, now: Looked): string[] {
  const change = (from: number | null, to: number | null) => ({ from: formatReplicas(from), to: formatReplicas(to) });
  return [
    ...(before.action === now.action
      ? []
      : [t('moved.action', 'It said: {{before}}. Now: {{now}}.', { before: headline(before), now: headline(now) })]),
    ...(before.proposed.replicas === now.proposed.replicas
      ? []
      : [
          t(
            'moved.proposed',
            'Replicas proposed: {{from}}, now {{to}}.',
            change(before.proposed.replicas, now.proposed.replicas)
          ),
        ]),
    ...(before.tiers.total === now.tiers.total
      ? []
      : [
          t(
            'moved.total',
            'Replicas within the accepted risk: {{from}}, now {{to}}.',
            change(before.tiers.total, now.tiers.total)
          ),
        ]),
    ...(before.state === now.state ? [] : [t('moved.state', 'It was answered meanwhile.')]),
  ];
}

import React from 'react';
import { Text } from '@grafana/ui';
import type { ModelRoles } from '../../../contract/models.ts';
import { formatDuration } from '../../formatting/formatDuration';
import { spoken } from '../../sentences/spoken';
import { t } from '../../translations';

interface TrainingStateProps {
  /** null where the model has no roles yet. */
  readonly roles: ModelRoles | null;
  /** Epoch seconds. */
  readonly now: number;
}

/** When a model was last trained and with what outcome, and what waits; nothing where it never was. */
export function TrainingState({ roles, now }: TrainingStateProps) {
  const training = roles?.training ?? null;
  if (training === null) {
    return null;
  }
  const { lastAt, lastOutcome, lastReason, failures, retryAt, wanted } = training;
  const parts = [
    ...(lastAt === null
      ? []
      : [
          t('models.training.last', 'Last trained {{ago}} ago: {{outcome}}', {
            ago: formatDuration(now - lastAt),
            outcome: [lastOutcome, lastReason]
              .filter((each) => each !== null && each !== '')
              .map((each) => spoken(each ?? ''))
              .join(', '),
          }),
        ]),
    ...(wanted === null ? [] : [t('models.training.wanted', 'A training waits: {{why}}', { why: spoken(wanted) })]),
    ...(failures === 0 ? [] : [t('models.training.failures', 'Failed in a row: {{count}}', { count: failures })]),
    ...(retryAt === null || retryAt <= now
      ? []
      : [t('models.training.retry', 'tried again in {{time}}', { time: formatDuration(retryAt - now) })]),
  ];
  return parts.length === 0 ? null : <Text color={failures > 0 ? 'warning' : 'secondary'}>{parts.join('. ')}</Text>;
}

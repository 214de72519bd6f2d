import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, ClipboardButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { definitionOf } from './model/definitionOf';
import type { SetupDraft } from './model/setupDraft';
import type { StepProps } from './stepProps';

/** What will be declared, and what will not be told for want of something. */
export function ReviewStep({ draft, problems }: StepProps) {
  const styles = useStyles2(getStyles);
  const missing = missingEffects(draft);
  const faults = Object.entries(problems);
  const text = JSON.stringify(definitionOf(draft), null, 2);
  return (
    <Stack direction="column" gap={2}>
      {faults.length > 0 && (
        <Alert severity="error" title={t('setup.review.faults', 'Something is missing or cannot be right')}>
          <ul>
            {faults.map(([field, problem]) => (
              <li key={field}>{problem}</li>
            ))}
          </ul>
        </Alert>
      )}
      {missing.length > 0 && (
        <Alert severity="info" title={t('setup.review.missing', 'You can add the workload as it is, and more later')}>
          <ul>
            {missing.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Text>
        {t('setup.review.mode', 'Headroom only observes a new workload: it changes nothing until somebody says so.')}
      </Text>
      <div data-testid={testIds.setup.review}>
        <Stack direction="row" justifyContent="space-between" alignItems="center">
          <Text element="h4" variant="h5">
            {t('setup.review.definition', 'As it is declared')}
          </Text>
          <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => text}>
            {t('setup.review.copy', 'Copy')}
          </ClipboardButton>
        </Stack>
        <pre className={styles.code} tabIndex={0} aria-label={t('setup.review.definition', 'As it is declared')}>
          {text}
        </pre>
      </div>
    </Stack>
  );
}

function missingEffects(draft: SetupDraft): string[] {
  const hasCapacity = draft.replicas !== '' && (draft.perReplica !== '' || draft.isPerReplicaLearnt);
  return [
    ...(hasCapacity
      ? []
      : [
          t(
            'setup.review.noCapacity',
            'Without replicas and what one of them serves there is a forecast, but no shortfall and no recommendation.'
          ),
        ]),
    ...(draft.replicaHour === '' ? [t('setup.review.noCost', 'Without a price no cost and no saving is told.')] : []),
    ...(draft.latencySeconds === ''
      ? [t('setup.review.noSlo', 'Without an objective nothing is said of latency.')]
      : []),
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  code: css({ marginTop: theme.spacing(1), maxHeight: theme.spacing(50), overflow: 'auto' }),
});

import React from 'react';
import { Text } from '@grafana/ui';
import { spoken } from '../../sentences/spoken';
import { t } from '../../translations';
import { useImportance } from '../../sidecar/useImportance';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { Section } from '../Section';
import { ImportanceBars } from './ImportanceBars';

interface ImportanceSectionProps {
  readonly workload: string;
  readonly resource: string;
  readonly unit: string;
}

/** What the forecast of one series read of its history, and how much each mattered. */
export function ImportanceSection({ workload, resource, unit }: ImportanceSectionProps) {
  const { resource: importance, reload } = useImportance(workload, resource);
  return (
    <Section title={t('importance.title', 'What this forecast used')} testId={testIds.workload.importance}>
      {importance.kind === 'loading' && (
        <LoadingRows label={t('importance.loading', 'Asking what the forecast used')} />
      )}
      {importance.kind === 'failed' && <FailureNotice failure={importance.failure} onRetry={reload} />}
      {importance.kind === 'ready' && importance.failure !== null && (
        <StaleNotice failure={importance.failure} loadedAtMs={importance.loadedAtMs} onRetry={reload} />
      )}
      {importance.kind === 'ready' &&
        (importance.value === null ? (
          <Text color="secondary">
            {t('importance.none', 'There is no forecast of {{resource}} to explain yet.', { resource })}
          </Text>
        ) : importance.value.emptyReason !== null ? (
          <Text color="secondary">
            {t('importance.empty', 'Nothing to explain: {{reason}}.', { reason: spoken(importance.value.emptyReason) })}
          </Text>
        ) : (
          <ImportanceBars resource={resource} unit={unit} importance={importance.value} />
        ))}
    </Section>
  );
}

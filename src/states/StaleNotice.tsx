import React from 'react';
import { Trans } from '@grafana/i18n';
import { t } from '../translations';
import { Alert, Button, Stack } from '@grafana/ui';
import { formatDuration } from '../formatting/formatDuration';
import { useNow } from '../hooks/useNow';
import type { Failure } from '../sidecar/failure';
import { testIds } from '../testIds';
import { useAppState } from './appState';
import { explainFailure } from './explainFailure';

const NOW_INTERVAL_MS = 10_000;

interface StaleNoticeProps {
  readonly failure: Failure;
  readonly loadedAtMs: number;
  readonly onRetry: () => void;
}

/** That what a page shows is what was last known, since when, and why. */
export function StaleNotice({ failure, loadedAtMs, onRetry }: StaleNoticeProps) {
  const { isConfigured } = useAppState();
  const nowMs = useNow(NOW_INTERVAL_MS);
  const { title, action } = explainFailure(failure, isConfigured);
  return (
    <Alert
      severity="warning"
      data-testid={testIds.states.stale}
      title={t('stale.title', 'This is what was known {{ago}} ago', {
        ago: formatDuration((nowMs - loadedAtMs) / 1000),
      })}
    >
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <span>
          {title}. {action}
        </span>
        <Button variant="secondary" size="sm" icon="sync" onClick={onRetry}>
          <Trans i18nKey="failure.retry">Try again</Trans>
        </Button>
      </Stack>
    </Alert>
  );
}

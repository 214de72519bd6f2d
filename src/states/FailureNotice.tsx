import React from 'react';
import { Trans } from '@grafana/i18n';
import { t } from '../translations';
import { Alert, Button, LinkButton, Stack, Text } from '@grafana/ui';
import { configurationUrl } from '../routes';
import type { Failure } from '../sidecar/failure';
import { testIds } from '../testIds';
import { explainFailure } from './explainFailure';
import { useAppState } from './appState';

interface FailureNoticeProps {
  readonly failure: Failure;
  readonly onRetry: () => void;
}

/** Why a page has nothing to show, and what to do about it. */
export function FailureNotice({ failure, onRetry }: FailureNoticeProps) {
  const { isConfigured, isAdmin } = useAppState();
  const { title, detail, action, isConfiguration } = explainFailure(failure, isConfigured);
  return (
    <Alert
      severity={failure.kind === 'forbidden' ? 'info' : 'error'}
      title={title}
      data-testid={testIds.states.failure}
    >
      <Stack direction="column" gap={1} alignItems="flex-start">
        {detail !== '' && <Text>{detail}</Text>}
        {action !== '' && <Text>{action}</Text>}
        <Stack direction="row" gap={1} wrap="wrap">
          <Button variant="secondary" size="sm" icon="sync" onClick={onRetry}>
            <Trans i18nKey="failure.retry">Try again</Trans>
          </Button>
          {isConfiguration && isAdmin && (
            <LinkButton variant="secondary" size="sm" icon="cog" href={configurationUrl()}>
              {t('failure.configure', 'Open configuration')}
            </LinkButton>
          )}
        </Stack>
      </Stack>
    </Alert>
  );
}

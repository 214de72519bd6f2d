import React from 'react';
import { Sentence } from '../sentences/Sentence';
import { t } from '../translations';
import { Alert, Stack, Text } from '@grafana/ui';
import type { Status } from '../../contract/api.ts';
import { explainFailure } from '../states/explainFailure';
import { testIds } from '../testIds';
import { SourceChecks } from './SourceChecks';
import type { ConnectionResult } from './testConnection';

/** What a test of the connection found, and what to do. */
export function ConnectionReport({ result }: { readonly result: ConnectionResult }) {
  return (
    <div data-testid={testIds.configuration.result} role="status">
      <Report result={result} />
    </div>
  );
}

function Report({ result }: { readonly result: ConnectionResult }) {
  switch (result.kind) {
    case 'connected':
      return (
        <>
          <Alert severity="success" title={t('configuration.connected', 'Connected')}>
            {describe(result.status)}
          </Alert>
          <SourceChecks />
        </>
      );
    case 'notReady':
      return (
        <>
          <Alert
            severity="warning"
            title={t('configuration.notReady', 'Connected, but the sidecar is not ready to forecast')}
          >
            {describe(result.status)}
            <ul>
              {result.reasons.map((reason) => (
                <li key={reason}>
                  <Sentence text={reason} />
                </li>
              ))}
            </ul>
          </Alert>
          <SourceChecks />
        </>
      );
    case 'failed': {
      const { title, detail, action } = explainFailure(result.failure, true);
      return (
        <Alert severity="error" title={title}>
          <Stack direction="column" gap={0.5}>
            {detail !== '' && <Text>{detail}</Text>}
            {action !== '' && <Text>{action}</Text>}
          </Stack>
        </Alert>
      );
    }
  }
}

function describe({ version, mode, sources, demo }: Status): string {
  const workloads = mode.observe + mode.approve + mode.auto;
  const parts = [
    t('configuration.version', 'Headroom {{version}}', { version }),
    t('configuration.counts', '{{workloads}} workloads from {{sources}} sources', {
      workloads,
      sources: sources.length,
    }),
  ];
  if (demo) {
    parts.push(t('configuration.demo', 'the demo fleet, not your services'));
  }
  return parts.join(' · ');
}

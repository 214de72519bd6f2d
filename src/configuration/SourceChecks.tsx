import React from 'react';
import { Badge, LoadingPlaceholder, Stack } from '@grafana/ui';
import type { SourceCheck, SourceView } from '../../contract/sources.ts';
import { SimpleTable } from '../pages/SimpleTable';
import { checkSource, useSources } from '../sidecar/sources';
import { useResource } from '../sidecar/useResource';
import { FailureNotice } from '../states/FailureNotice';
import { explainFailure } from '../states/explainFailure';
import { testIds } from '../testIds';
import { t } from '../translations';

/** Each source of the sidecar, asked now whether it answers. */
export function SourceChecks() {
  const { resource, reload } = useSources();
  switch (resource.kind) {
    case 'loading':
      return <LoadingPlaceholder text={t('configuration.sources.loading', 'Asking the sources')} />;
    case 'failed':
      return <FailureNotice failure={resource.failure} onRetry={reload} />;
    case 'ready':
      return (
        <div data-testid={testIds.configuration.sources}>
          <SimpleTable
            caption={t('configuration.sources.caption', 'Sources of the sidecar, asked just now')}
            columns={[
              t('configuration.sources.name', 'Source'),
              t('configuration.sources.type', 'Type'),
              t('configuration.sources.workloads', 'Workloads'),
              t('configuration.sources.answer', 'Answer'),
            ]}
            rows={resource.value.sources.map((source) => ({
              key: source.name,
              cells: [source.name, source.type, String(source.workloads), <Answer key="answer" source={source} />],
            }))}
          />
        </div>
      );
  }
}

function Answer({ source }: { readonly source: SourceView }) {
  const { resource } = useResource((signal) => checkSource(source.name, signal), { key: `check ${source.name}` });
  switch (resource.kind) {
    case 'loading':
      return <LoadingPlaceholder text={t('configuration.sources.asking', 'Asking…')} />;
    case 'failed':
      return <Verdict isHealthy={false} words={explainFailure(resource.failure, true).title} />;
    case 'ready':
      return <Verdict isHealthy={resource.value.isHealthy} words={wordsOf(resource.value)} />;
  }
}

function Verdict({ isHealthy, words }: { readonly isHealthy: boolean; readonly words: string }) {
  return (
    <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
      <Badge
        color={isHealthy ? 'green' : 'red'}
        icon={isHealthy ? 'check' : 'exclamation-triangle'}
        text={isHealthy ? t('configuration.sources.ok', 'Answers') : t('configuration.sources.failed', 'Fails')}
      />
      {words}
    </Stack>
  );
}

function wordsOf({ isHealthy, problem, tookSeconds }: SourceCheck): string {
  return isHealthy
    ? t('configuration.sources.took', 'in {{milliseconds}} ms', { milliseconds: Math.ceil(tookSeconds * 1000) })
    : (problem ?? '');
}

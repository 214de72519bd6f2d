import React, { useMemo } from 'react';
import { PluginPage } from '@grafana/runtime';
import { useParams, useSearchParams } from 'react-router-dom';
import type { SourceView } from '../../../contract/sources.ts';
import { overviewUrl, workloadUrl } from '../../routes';
import type { Polled } from '../../sidecar/useResource';
import { useSources } from '../../sidecar/sources';
import { useWorkload } from '../../sidecar/useWorkload';
import { useWorkloads } from '../../sidecar/useWorkloads';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { DeclaredInFile } from './DeclaredInFile';
import { draftOf } from './model/setupDraft';
import { prefilled } from './model/prefilled';
import { SetupForm } from './SetupForm';

/** A new workload, or one that was added here before. */
export default function Setup() {
  const { name } = useParams();
  const isNew = name === undefined;
  return (
    <PluginPage
      pageNav={{
        text: isNew ? t('setup.title', 'Add a workload') : t('setup.editTitle', 'Change {{name}}', { name }),
        parentItem: isNew
          ? { text: t('overview.title', 'Overview'), url: overviewUrl() }
          : { text: name, url: workloadUrl(name) },
      }}
      subTitle={t('setup.subtitle', 'Its forecast is drawn while you choose; nothing is kept until you say so.')}
    >
      <div data-testid={testIds.setup.page}>
        <Sources>
          {(sources) => (isNew ? <NewWorkload sources={sources} /> : <Known name={name} sources={sources} />)}
        </Sources>
      </div>
    </PluginPage>
  );
}

function Sources({ children }: { readonly children: (sources: readonly SourceView[]) => React.ReactNode }) {
  return <Loaded polled={useSources()}>{({ sources }) => children(sources)}</Loaded>;
}

function NewWorkload({ sources }: { readonly sources: readonly SourceView[] }) {
  const [params] = useSearchParams();
  const start = useMemo(() => prefilled(params, sources), [params, sources]);
  return (
    <Loaded polled={useWorkloads()}>
      {({ workloads }) => (
        <SetupForm
          start={start.draft}
          unmatched={start.unmatched}
          sources={sources}
          taken={workloads.map(({ name }) => name)}
          expected="new"
        />
      )}
    </Loaded>
  );
}

function Known({ name, sources }: { readonly name: string; readonly sources: readonly SourceView[] }) {
  return (
    <Loaded polled={useWorkload(name)}>
      {({ definition, version }) =>
        definition === null || version == null ? (
          <DeclaredInFile name={name} definition={definition} />
        ) : (
          <SetupForm
            key={name}
            start={draftOf(definition)}
            unmatched={null}
            sources={sources}
            taken={[]}
            expected={{ version }}
          />
        )
      }
    </Loaded>
  );
}

interface LoadedProps<T> {
  readonly polled: Polled<T>;
  readonly children: (value: T) => React.ReactNode;
}

function Loaded<T>({ polled: { resource, reload }, children }: LoadedProps<T>) {
  switch (resource.kind) {
    case 'loading':
      return <LoadingRows label={t('setup.loading', 'Loading the sources')} />;
    case 'failed':
      return <FailureNotice failure={resource.failure} onRetry={reload} />;
    case 'ready':
      return <>{children(resource.value)}</>;
  }
}

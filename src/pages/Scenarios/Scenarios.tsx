import React from 'react';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, InlineField, Combobox, Stack } from '@grafana/ui';
import { useSearchParams } from 'react-router-dom';
import { PARAMS } from '../../routes';
import { useScenarios } from '../../sidecar/useScenarios';
import { useWorkload } from '../../sidecar/useWorkload';
import { useWorkloads } from '../../sidecar/useWorkloads';
import type { Polled } from '../../sidecar/useResource';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { ScenarioExplorer } from './ScenarioExplorer';

/** What if: scenarios beside what is forecast, what they cost and how likely they fall short, and what to do about it. */
export default function Scenarios() {
  const [params, setParams] = useSearchParams();
  const workloads = useWorkloads();
  const names = workloads.resource.kind === 'ready' ? workloads.resource.value.workloads.map(({ name }) => name) : [];
  const chosen = params.get(PARAMS.workload) ?? names[0];
  const choose = (name: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.set(PARAMS.workload, name);
        after.delete(PARAMS.resource);
        after.delete(PARAMS.plan);
        return after;
      },
      { replace: true }
    );
  return (
    <PluginPage
      pageNav={{ text: t('scenarios.title', 'Scenarios') }}
      subTitle={t('scenarios.subtitle', 'What if: change what drives the future, and see what it takes.')}
    >
      <div data-testid={testIds.scenarios.page}>
        <Ready polled={workloads} label={t('scenarios.loading', 'Loading the fleet')}>
          {() =>
            chosen === undefined ? (
              <div data-testid={testIds.states.empty}>
                <EmptyState
                  variant="not-found"
                  message={t('scenarios.noWorkload', 'There is no workload to simulate yet')}
                />
              </div>
            ) : (
              <Stack direction="column" gap={1}>
                <InlineField label={t('scenarios.workload', 'Workload')} htmlFor="scenarios-workload">
                  <Combobox<string>
                    id="scenarios-workload"
                    width={36}
                    data-testid={testIds.scenarios.workload}
                    options={names.map((name) => ({ value: name, label: name }))}
                    value={chosen}
                    onChange={({ value }) => choose(value)}
                  />
                </InlineField>
                <Chosen key={chosen} name={chosen} />
              </Stack>
            )
          }
        </Ready>
      </div>
    </PluginPage>
  );
}

function Chosen({ name }: { readonly name: string }) {
  const workload = useWorkload(name);
  const scenarios = useScenarios();
  return (
    <Ready polled={workload} label={t('workload.loading', 'Loading the workload')}>
      {(detail) => (
        <Ready polled={scenarios} label={t('scenarios.loadingKept', 'Loading the scenarios')}>
          {({ scenarios: kept }) => (
            <ScenarioExplorer detail={detail} kept={kept} onKept={scenarios.reload} onDeclared={workload.reload} />
          )}
        </Ready>
      )}
    </Ready>
  );
}

interface ReadyProps<T> {
  readonly polled: Polled<T>;
  readonly label: string;
  readonly children: (value: T) => React.ReactNode;
}

/** What is known, or why nothing is; what is no longer fresh says so. */
function Ready<T>({ polled: { resource, reload }, label, children }: ReadyProps<T>) {
  switch (resource.kind) {
    case 'loading':
      return <LoadingRows label={label} />;
    case 'failed':
      return <FailureNotice failure={resource.failure} onRetry={reload} />;
    case 'ready':
      return (
        <>
          {resource.failure !== null && (
            <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
          )}
          {children(resource.value)}
        </>
      );
  }
}

import React, { useMemo } from 'react';
import { PluginPage } from '@grafana/runtime';
import { EmptyState } from '@grafana/ui';
import { useSearchParams } from 'react-router-dom';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { experimentsUrl, experimentUrl, PARAMS } from '../../routes';
import { useWorkloads } from '../../sidecar/useWorkloads';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { ExperimentForm } from './ExperimentForm';
import { testBlock } from './testBlock';

/** Where a test is designed: what is tried, for how long, and what it would find, before it begins. */
export default function NewExperiment() {
  const { resource, reload } = useWorkloads();
  return (
    <PluginPage
      pageNav={{
        text: t('experiments.new', 'New test'),
        url: experimentUrl('new'),
        parentItem: { text: t('experiments.title', 'Experiments'), url: experimentsUrl() },
      }}
      subTitle={t(
        'experiments.newSubtitle',
        'Another risk, policy or model alternates with what is declared, window by window.'
      )}
    >
      <div data-testid={testIds.experiments.form}>
        {resource.kind === 'loading' && <LoadingRows label={t('experiments.loadingFleet', 'Loading the workloads')} />}
        {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
        {resource.kind === 'ready' &&
          (resource.value.workloads.length === 0 ? (
            <div data-testid={testIds.states.empty}>
              <EmptyState
                variant="not-found"
                message={t('experiments.noWorkload', 'There is no workload to test on')}
                role="status"
              />
            </div>
          ) : (
            <Chosen workloads={resource.value.workloads} />
          ))}
      </div>
    </PluginPage>
  );
}

/** The workload in the address, else the first on which a test could run. */
function Chosen({ workloads }: { readonly workloads: readonly WorkloadSummary[] }) {
  const [params, setParams] = useSearchParams();
  const asked = params.get(PARAMS.workload);
  const first = useMemo(
    () => (workloads.find((each) => testBlock(each) === null) ?? workloads[0])?.name ?? '',
    [workloads]
  );
  const name = workloads.some((each) => each.name === asked) ? (asked ?? first) : first;
  return (
    <ExperimentForm
      key={name}
      workload={name}
      workloads={workloads}
      block={testBlock(workloads.find((each) => each.name === name))}
      onWorkload={(next) =>
        setParams(
          (before) => {
            const after = new URLSearchParams(before);
            after.set(PARAMS.workload, next);
            return after;
          },
          { replace: true }
        )
      }
    />
  );
}

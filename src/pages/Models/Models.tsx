import React, { useCallback, useMemo, useState } from 'react';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, FilterInput, Stack, Text, ToolbarButton } from '@grafana/ui';
import { useSearchParams } from 'react-router-dom';
import type { WorkloadSummary } from '../../../contract/api.ts';
import type { JobsResponse } from '../../../contract/job.ts';
import type { ModelsResponse } from '../../../contract/models.ts';
import { Fact, FactList } from '../../indicators/FactList';
import { PARAMS, workloadModelsUrl } from '../../routes';
import { useJobs } from '../../sidecar/useJobs';
import { isJobOver } from '../../sidecar/useLiveJob';
import { useModels } from '../../sidecar/useModels';
import type { Polled } from '../../sidecar/useResource';
import { useWorkloads } from '../../sidecar/useWorkloads';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { FleetModelsTable } from './FleetModelsTable';
import { FleetSkillSection } from './FleetSkillSection';
import { ShelfSection } from './ShelfSection';
import { TrainingRuns } from './TrainingRuns';
import { trainingsOf } from './trainingsOf';

/** The learnt models of the fleet: who forecasts what, who is on trial, what drifts, what is being trained. */
export default function Models() {
  const models = useModels();
  const fleet = useWorkloads();
  const jobs = useJobs();
  const reload = () => {
    models.reload();
    fleet.reload();
    jobs.reload();
  };
  const failed = [models.resource, fleet.resource].find(({ kind }) => kind === 'failed');
  const stale = [models.resource, fleet.resource].find((each) => each.kind === 'ready' && each.failure !== null);
  return (
    <PluginPage
      pageNav={{ text: t('models.title', 'Models') }}
      subTitle={t('models.subtitle', 'Who forecasts what, who is on trial, and what is no longer as it was.')}
      actions={
        <ToolbarButton
          variant="canvas"
          icon={models.isLoading ? 'fa fa-spinner' : 'sync'}
          tooltip={t('overview.refresh', 'Refresh')}
          aria-label={t('overview.refresh', 'Refresh')}
          onClick={reload}
        />
      }
    >
      <div data-testid={testIds.models.page}>
        {failed?.kind === 'failed' ? (
          <FailureNotice failure={failed.failure} onRetry={reload} />
        ) : models.resource.kind !== 'ready' || fleet.resource.kind !== 'ready' ? (
          <LoadingRows label={t('models.loading', 'Loading the models')} />
        ) : (
          <Stack direction="column" gap={2}>
            {stale?.kind === 'ready' && stale.failure !== null && (
              <StaleNotice failure={stale.failure} loadedAtMs={stale.loadedAtMs} onRetry={reload} />
            )}
            <Content
              models={models.resource.value}
              workloads={fleet.resource.value.workloads}
              jobs={jobs}
              onChanged={reload}
            />
          </Stack>
        )}
      </div>
    </PluginPage>
  );
}

interface ContentProps {
  readonly models: ModelsResponse;
  readonly workloads: readonly WorkloadSummary[];
  readonly jobs: Polled<JobsResponse>;
  readonly onChanged: () => void;
}

function Content({ models, workloads, jobs, onChanged }: ContentProps) {
  const [params] = useSearchParams();
  const [search, setSearch] = useState('');
  const from = params.get(PARAMS.from) ?? undefined;
  const to = params.get(PARAMS.to) ?? undefined;
  const linkTo = useCallback(
    (name: string) => workloadModelsUrl(name, { [PARAMS.from]: from, [PARAMS.to]: to }),
    [from, to]
  );
  const shown = useMemo(
    () => workloads.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase())),
    [workloads, search]
  );
  if (workloads.length === 0) {
    return (
      <div data-testid={testIds.states.empty}>
        <EmptyState
          variant="not-found"
          message={t('models.empty', 'There is no workload whose models could be shown')}
          role="status"
        />
      </div>
    );
  }
  return (
    <>
      <FactList>
        <Fact label={t('models.facts.tuned', 'Tuned on their own history')}>{String(tunedCount(models))}</Fact>
        <Fact label={t('models.facts.trials', 'On trial')}>
          {String(models.roles.reduce((sum, { trials }) => sum + trials.length, 0))}
        </Fact>
        <Fact label={t('models.facts.benched', 'Benched')}>
          {String(models.roles.reduce((sum, { benched }) => sum + benched.length, 0))}
        </Fact>
        <Fact label={t('models.facts.drifting', 'Series that drift')}>{String(models.drifting.length)}</Fact>
        <Fact label={t('models.facts.training', 'Trainings under way')}>
          {jobs.resource.kind !== 'ready'
            ? '–'
            : String(trainingsOf(jobs.resource.value).filter((job) => !isJobOver(job)).length)}
        </Fact>
        <Fact label={t('models.facts.promotion', 'Promotion')}>
          {models.promotion === 'auto'
            ? t('models.facts.auto', 'by itself, after a trial')
            : t('models.facts.approve', 'by a person, after a trial')}
        </Fact>
      </FactList>
      <FilterInput
        width={32}
        escapeRegex={false}
        placeholder={t('models.search', 'Search workloads')}
        aria-label={t('models.search', 'Search workloads')}
        value={search}
        onChange={setSearch}
      />
      {shown.length === 0 ? (
        <Text color="secondary">{t('models.noMatch', 'No workload matches.')}</Text>
      ) : (
        <FleetModelsTable workloads={shown} models={models} linkTo={linkTo} />
      )}
      <FleetSkillSection />
      <TrainingRuns jobs={jobs} onChanged={onChanged} />
      <ShelfSection models={models.models} />
    </>
  );
}

function tunedCount({ models }: ModelsResponse): number {
  return new Set(models.flatMap(({ workload, state }) => (workload !== null && state === 'inForce' ? [workload] : [])))
    .size;
}

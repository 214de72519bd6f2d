import React from 'react';
import { PluginPage } from '@grafana/runtime';
import { Alert, LinkButton, Stack, Tab, TabsBar, ToolbarButton } from '@grafana/ui';
import { useLocation, useParams, useSearchParams } from 'react-router-dom';
import type { WorkloadDetail } from '../../../contract/api.ts';
import type { JobsResponse } from '../../../contract/job.ts';
import type { ModelsResponse } from '../../../contract/models.ts';
import { modelsUrl, PARAMS, workloadModelsUrl, workloadUrl } from '../../routes';
import { spoken } from '../../sentences/spoken';
import { useJobs } from '../../sidecar/useJobs';
import { isJobOver } from '../../sidecar/useLiveJob';
import { useModels } from '../../sidecar/useModels';
import type { Polled } from '../../sidecar/useResource';
import { useWorkload } from '../../sidecar/useWorkload';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { PageTimeRange } from '../../timeRange/PageTimeRange';
import { useUrlTimeRange, type UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { t } from '../../translations';
import { BacktestSection } from './BacktestSection';
import { CalibrationSection } from './CalibrationSection';
import { DriftSection } from './DriftSection';
import { HistorySection } from './HistorySection';
import { BASELINE } from './leaderboardRows';
import { LeaderboardSection } from './LeaderboardSection';
import { learntRoles } from './learntRoles';
import { PriorsSection } from './PriorsSection';
import { RolesSection } from './RolesSection';
import { TrainingRuns } from './TrainingRuns';
import { trainingsOf } from './trainingsOf';

const A_WEEK_BACK = { from: 'now-7d', to: 'now' };

/** The models of one workload: who is in charge, how good each is, what was said and what came. */
export default function WorkloadModels() {
  const { name = '' } = useParams();
  const { search } = useLocation();
  const workload = useWorkload(name);
  const models = useModels();
  const jobs = useJobs();
  const loadedAt = workload.resource.kind === 'ready' ? workload.resource.loadedAtMs : undefined;
  const time = useUrlTimeRange(loadedAt, A_WEEK_BACK);
  const range = { [PARAMS.from]: time.rawFrom, [PARAMS.to]: time.rawTo };
  const reload = () => {
    workload.reload();
    models.reload();
    jobs.reload();
  };
  const failed = [workload.resource, models.resource].find(({ kind }) => kind === 'failed');
  const stale = [workload.resource, models.resource].find((each) => each.kind === 'ready' && each.failure !== null);
  return (
    <PluginPage
      pageNav={{
        text: name,
        url: `${workloadModelsUrl(name)}${search}`,
        parentItem: { text: t('models.title', 'Models'), url: modelsUrl(range) },
      }}
      subTitle={t('models.workloadSubtitle', 'Who forecasts it, how good each model is, and what was said before.')}
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          <LinkButton variant="secondary" fill="outline" icon="chart-line" href={workloadUrl(name)}>
            {t('models.toWorkload', 'Forecast')}
          </LinkButton>
          <PageTimeRange time={time} />
          <ToolbarButton
            variant="canvas"
            icon={workload.isLoading ? 'fa fa-spinner' : 'sync'}
            tooltip={t('overview.refresh', 'Refresh')}
            aria-label={t('overview.refresh', 'Refresh')}
            onClick={reload}
          />
        </Stack>
      }
    >
      <div data-testid={testIds.models.workload}>
        {failed?.kind === 'failed' ? (
          <FailureNotice failure={failed.failure} onRetry={reload} />
        ) : workload.resource.kind !== 'ready' || models.resource.kind !== 'ready' ? (
          <LoadingRows label={t('models.loading', 'Loading the models')} />
        ) : (
          <Stack direction="column" gap={2}>
            {stale?.kind === 'ready' && stale.failure !== null && (
              <StaleNotice failure={stale.failure} loadedAtMs={stale.loadedAtMs} onRetry={reload} />
            )}
            <Content
              detail={workload.resource.value}
              models={models.resource.value}
              jobs={jobs}
              time={time}
              onChanged={reload}
            />
          </Stack>
        )}
      </div>
    </PluginPage>
  );
}

interface ContentProps {
  readonly detail: WorkloadDetail;
  readonly models: ModelsResponse;
  readonly jobs: Polled<JobsResponse>;
  readonly time: UrlTimeRange;
  readonly onChanged: () => void;
}

function Content({ detail, models, jobs, time, onChanged }: ContentProps) {
  const [params, setParams] = useSearchParams();
  const { summary, now, accuracy, ranges, drift = [] } = detail;
  const { name, resources, health } = summary;
  const asked = params.get(PARAMS.resource);
  const shown =
    resources.find((each) => each.name === asked) ??
    resources.find((each) => each.name === summary.demand) ??
    resources[0];
  const learnt = learntRoles(models, name);
  const isTraining =
    jobs.resource.kind === 'ready' && trainingsOf(jobs.resource.value, name).some((job) => !isJobOver(job));
  const day = ranges.find(({ range }) => range === 'day');
  return (
    <>
      {health.state !== 'ok' && health.problem !== null && (
        <Alert
          severity={health.state === 'failing' ? 'error' : health.state === 'stale' ? 'warning' : 'info'}
          title={spoken(health.problem)}
        />
      )}
      <RolesSection
        workload={name}
        learnt={learnt}
        isTraining={isTraining}
        promotion={models.promotion}
        now={now}
        timeZone={time.timeZone}
        onChanged={onChanged}
      />
      <DriftSection drifts={drift} now={now} timeZone={time.timeZone} />
      <PriorsSection workload={name} />
      {shown !== undefined && (
        <>
          <TabsBar>
            {resources.map((each) => (
              <Tab
                key={each.name}
                label={each.name}
                active={each.name === shown.name}
                onChangeTab={() =>
                  setParams(
                    (before) => {
                      const after = new URLSearchParams(before);
                      after.set(PARAMS.resource, each.name);
                      return after;
                    },
                    { replace: true }
                  )
                }
              />
            ))}
          </TabsBar>
          <LeaderboardSection accuracy={accuracy} resource={shown.name} inCharge={shown.model} />
          <BacktestSection
            key={shown.name}
            workload={name}
            resource={shown}
            horizon={day?.horizon ?? 86_400}
            step={day?.step ?? 300}
            models={backtestModels(learnt.map((each) => each.name))}
            now={now}
            time={time}
          />
          <CalibrationSection
            workload={name}
            resource={shown.name}
            accuracy={accuracy}
            inCharge={shown.model}
            time={time}
          />
        </>
      )}
      <TrainingRuns jobs={jobs} workload={name} onChanged={onChanged} />
      <HistorySection learnt={learnt} timeZone={time.timeZone} />
    </>
  );
}

/** Those that forecast a series alone: the best mixture first. */
function backtestModels(learnt: readonly string[]): string[] {
  return [...new Set(['auto', ...learnt, 'mstl', 'theta', 'ets', BASELINE])];
}

import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, Stack, Text, useStyles2, type BadgeColor } from '@grafana/ui';
import type { Job, JobsResponse } from '../../../contract/job.ts';
import { ActionButton } from '../../acting/ActionButton';
import { ClickFailure } from '../../acting/ClickFailure';
import { formatDuration } from '../../formatting/formatDuration';
import { spoken } from '../../sentences/spoken';
import { cancelTraining } from '../../sidecar/modelRoles';
import { PERMISSIONS } from '../../sidecar/permissions';
import { useClick } from '../../sidecar/useClick';
import type { Polled } from '../../sidecar/useResource';
import { isJobOver, useLiveJob } from '../../sidecar/useLiveJob';
import { formatNumber } from '../../formatting/formatNumber';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { trainingsOf } from './trainingsOf';

interface TrainingRunsProps {
  readonly jobs: Polled<JobsResponse>;
  /** The workload whose trainings are shown; without it all. */
  readonly workload?: string;
  readonly onChanged: () => void;
}

const MOST = 10;

/** Trainings that run, with how far they are, and those that are over, newest first. */
export function TrainingRuns({ jobs: { resource, reload }, workload, onChanged }: TrainingRunsProps) {
  return (
    <Section title={t('models.runs.title', 'Training runs')} testId={testIds.models.runs}>
      {resource.kind === 'loading' && <LoadingRows label={t('models.runs.loading', 'Loading the trainings')} />}
      {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
      {resource.kind === 'ready' && (
        <Stack direction="column" gap={2}>
          {resource.failure !== null && (
            <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
          )}
          <Runs jobs={trainingsOf(resource.value, workload)} now={resource.value.now} onChanged={onChanged} />
        </Stack>
      )}
    </Section>
  );
}

interface RunsProps {
  readonly jobs: readonly Job[];
  readonly now: number;
  readonly onChanged: () => void;
}

function Runs({ jobs, now, onChanged }: RunsProps) {
  return jobs.length === 0 ? (
    <Text color="secondary">
      {t(
        'models.runs.none',
        'No training has run since Headroom started. Each model is retrained once a week and after a drift.'
      )}
    </Text>
  ) : (
    <>
      {jobs.slice(0, MOST).map((job) => (
        <Run key={job.id} asked={job} now={now} onChanged={onChanged} />
      ))}
    </>
  );
}

interface RunProps {
  readonly asked: Job;
  readonly now: number;
  readonly onChanged: () => void;
}

function Run({ asked, now, onChanged }: RunProps) {
  const styles = useStyles2(getStyles);
  const job = useLiveJob(asked);
  const { click, press } = useClick((id: string) => cancelTraining(id), onChanged);
  const { state, progress, message, secondsLeft, workload, problem, createdAt, finishedAt, figures } = job;
  const name = workload ?? '–';
  const label = t('models.runs.progress', 'Training on {{workload}}', { workload: name });
  const numbers = Object.entries(figures).map(
    ([key, value]) => `${key} ${formatNumber(value, { maximumSignificantDigits: 4 })}`
  );
  return (
    <div className={styles.run}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <Badge color={COLORS[state]} text={stateName(state)} />
        <Text weight="medium">{name}</Text>
        <Text color="secondary">
          {finishedAt === null
            ? t('models.runs.begun', 'asked for {{ago}} ago', { ago: formatDuration(now - createdAt) })
            : t('models.runs.ended', 'ended {{ago}} ago', { ago: formatDuration(now - finishedAt) })}
        </Text>
        {!isJobOver(job) && (
          <ActionButton
            permission={PERMISSIONS.admin}
            blocked={click.kind === 'running' ? t('approve.running', 'It is being done') : null}
            variant="secondary"
            size="sm"
            label={t('models.runs.cancelLabel', 'Cancel the training on {{workload}}', { workload: name })}
            onClick={() => press(job.id)}
          >
            {t('models.runs.cancel', 'Cancel')}
          </ActionButton>
        )}
      </Stack>
      {!isJobOver(job) && (
        <div
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(100 * progress)}
          className={styles.track}
        >
          <div className={styles.done} style={{ width: `${100 * progress}%` }} />
        </div>
      )}
      <Text color={state === 'failed' ? 'error' : 'secondary'}>
        {problem === null ? spoken(message) : `${spoken(problem.detail)}. ${spoken(problem.action)}`}
        {!isJobOver(job) &&
          secondsLeft !== null &&
          ` · ${t('models.runs.left', 'about {{time}} left', { time: formatDuration(secondsLeft) })}`}
      </Text>
      {numbers.length > 0 && (
        <Text variant="bodySmall" color="secondary" tabular>
          {numbers.join(' · ')}
        </Text>
      )}
      <ClickFailure click={click} />
    </div>
  );
}

const COLORS: Readonly<Record<Job['state'], BadgeColor>> = {
  queued: 'darkgrey',
  running: 'blue',
  done: 'green',
  failed: 'red',
  cancelled: 'darkgrey',
};

function stateName(state: Job['state']): string {
  switch (state) {
    case 'queued':
      return t('models.runs.queued', 'Waits');
    case 'running':
      return t('models.runs.running', 'Runs');
    case 'done':
      return t('models.runs.done', 'Done');
    case 'failed':
      return t('models.runs.failed', 'Failed');
    case 'cancelled':
      return t('models.runs.cancelled', 'Cancelled');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  run: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
  track: css({
    maxWidth: theme.spacing(80),
    height: theme.spacing(1),
    borderRadius: theme.shape.radius.pill,
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.medium}`,
    overflow: 'hidden',
  }),
  done: css({ height: '100%', background: theme.visualization.getColorByName('blue') }),
});

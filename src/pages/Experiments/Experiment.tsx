import React from 'react';
import { getTimeZone } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { Stack, Text } from '@grafana/ui';
import { useParams } from 'react-router-dom';
import type { Experiment as OneExperiment } from '../../../contract/experiments.ts';
import { experimentsUrl, experimentUrl } from '../../routes';
import { useExperiment } from '../../sidecar/useExperiments';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { CarryOverSection } from './CarryOverSection';
import { ExperimentFacts } from './ExperimentFacts';
import { IntervalSection } from './IntervalSection';
import { scheduledWindows } from './scheduledWindows';
import { StopTest } from './StopTest';
import { VerdictSection } from './VerdictSection';
import { WindowSchedule } from './WindowSchedule';

/** One test: what is tried, what came of it so far and how sure that is. */
export default function Experiment() {
  const { id = '' } = useParams();
  const { resource, reload } = useExperiment(id);
  const name = resource.kind === 'ready' ? resource.value.workload : id;
  return (
    <PluginPage
      pageNav={{
        text: t('experiments.of', 'Test on {{workload}}', { workload: name }),
        url: experimentUrl(id),
        parentItem: { text: t('experiments.title', 'Experiments'), url: experimentsUrl() },
      }}
      subTitle={resource.kind === 'ready' ? resource.value.reason : undefined}
      actions={resource.kind === 'ready' ? <StopTest experiment={resource.value} onChanged={reload} /> : undefined}
    >
      <div data-testid={testIds.experiments.one}>
        {resource.kind === 'loading' && <LoadingRows label={t('experiments.loadingOne', 'Loading the test')} />}
        {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
        {resource.kind === 'ready' && (
          <Stack direction="column" gap={2}>
            {resource.failure !== null && (
              <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
            )}
            <ExperimentFacts experiment={resource.value} />
            <VerdictSection experiment={resource.value} />
            <IntervalSection experiment={resource.value} timeZone={getTimeZone()} />
            <Schedule experiment={resource.value} />
            <CarryOverSection experiment={resource.value} />
          </Stack>
        )}
      </div>
    </PluginPage>
  );
}

interface ScheduleProps {
  readonly experiment: OneExperiment;
}

function Schedule({ experiment }: ScheduleProps) {
  const { startsAt, windowSeconds, periodSeconds } = experiment;
  return (
    <Section title={t('experiments.schedule.title', 'Windows')} testId={testIds.experiments.schedule}>
      <WindowSchedule
        title={t('experiments.schedule.chosen', 'Windows as the coins chose them')}
        startsAt={startsAt}
        windowSeconds={windowSeconds}
        windowsAPeriod={Math.max(1, Math.round(periodSeconds / windowSeconds))}
        windows={scheduledWindows(experiment)}
        timeZone={getTimeZone()}
      />
      <Text variant="bodySmall" color="secondary">
        {t(
          'experiments.schedule.legend',
          'Filled: over and counted. Dashed: to come. Struck through: does not count. Framed: now.'
        )}
      </Text>
    </Section>
  );
}

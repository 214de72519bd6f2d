import React, { useState } from 'react';
import { PluginPage } from '@grafana/runtime';
import { Alert, Stack, Text } from '@grafana/ui';
import { useParams } from 'react-router-dom';
import type { Experiment as OneExperiment } from '../../../contract/experiments.ts';
import { ActionButton } from '../../acting/ActionButton';
import { ChangeModal } from '../../acting/ChangeModal';
import { formatDuration } from '../../formatting/formatDuration';
import { formatTime } from '../../formatting/formatTime';
import { Fact, FactList } from '../../indicators/FactList';
import { experimentsUrl, experimentUrl } from '../../routes';
import { stopExperiment } from '../../sidecar/experiments';
import { PERMISSIONS } from '../../sidecar/permissions';
import { useExperiment } from '../../sidecar/useExperiments';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { armName, formatQuantity, outcomeName } from './experimentNames';
import { IntervalSection } from './IntervalSection';
import { scheduledWindows } from './scheduledWindows';
import { StateBadge } from './StateBadge';
import { WindowSchedule } from './WindowSchedule';

const TIME_ZONE = 'browser';

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
      actions={resource.kind === 'ready' ? <StopButton experiment={resource.value} onChanged={reload} /> : undefined}
    >
      <div data-testid={testIds.experiments.one}>
        {resource.kind === 'loading' && <LoadingRows label={t('experiments.loadingOne', 'Loading the test')} />}
        {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
        {resource.kind === 'ready' && (
          <Stack direction="column" gap={2}>
            {resource.failure !== null && (
              <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
            )}
            <Facts experiment={resource.value} />
            <Verdict experiment={resource.value} />
            <IntervalSection experiment={resource.value} timeZone={TIME_ZONE} />
            <Schedule experiment={resource.value} />
            <CarryOver experiment={resource.value} />
          </Stack>
        )}
      </div>
    </PluginPage>
  );
}

interface PartProps {
  readonly experiment: OneExperiment;
}

function Facts({ experiment }: PartProps) {
  const { state, arms, outcome, present, startsAt, endsAt, endedAt, windowSeconds, burnInSeconds, who, guard } =
    experiment;
  return (
    <FactList>
      <Fact label={t('experiments.column.state', 'State')}>
        <StateBadge state={state} />
      </Fact>
      <Fact label={t('experiments.fact.a', 'a, as declared')}>{armName(arms.a)}</Fact>
      <Fact label={t('experiments.fact.b', 'b, tried')}>{armName(arms.b)}</Fact>
      <Fact label={t('experiments.fact.present', 'In force now')}>
        {present ?? t('experiments.fact.declared', 'as declared')}
      </Fact>
      <Fact label={t('experiments.column.outcome', 'Compared')}>{outcomeName(outcome)}</Fact>
      <Fact label={t('experiments.fact.from', 'From')}>{formatTime(startsAt)}</Fact>
      <Fact
        label={
          endedAt === null ? t('experiments.fact.until', 'Until, at the latest') : t('experiments.fact.ended', 'Ended')
        }
      >
        {formatTime(endedAt ?? endsAt)}
      </Fact>
      <Fact label={t('experiments.fact.window', 'Window, burn-in')}>
        {`${formatDuration(windowSeconds)}, ${formatDuration(burnInSeconds)}`}
      </Fact>
      <Fact label={t('experiments.fact.guard', 'Guard')}>{formatQuantity(guard.violationShare, '%')}</Fact>
      <Fact label={t('experiments.fact.who', 'Started by')}>{who}</Fact>
    </FactList>
  );
}

function Verdict({ experiment: { verdict, endedBecause, lower, means, unit, planned } }: PartProps) {
  return (
    <Section title={t('experiments.verdict.title', 'Verdict')} testId={testIds.experiments.verdict}>
      <Stack direction="column" gap={1}>
        {verdict.map((sentence, index) => (
          <Text
            key={sentence}
            weight={index === 0 ? 'medium' : undefined}
            color={lower !== null && index === 0 ? 'success' : undefined}
          >
            {sentence}
          </Text>
        ))}
        {endedBecause !== null && !verdict.includes(endedBecause) && <Text>{endedBecause}</Text>}
        {means !== null && (
          <Text color="secondary">
            {t('experiments.verdict.means', 'In the mean: a {{a}}, b {{b}}.', {
              a: formatQuantity(means.a, unit),
              b: formatQuantity(means.b, unit),
            })}
          </Text>
        )}
        {planned !== null && planned.words.length > 0 && (
          <Text variant="bodySmall" color="secondary">
            {t('experiments.verdict.planned', 'Known before it began: {{words}}', { words: planned.words.join(' ') })}
          </Text>
        )}
      </Stack>
    </Section>
  );
}

function Schedule({ experiment }: PartProps) {
  const { startsAt, windowSeconds, periodSeconds } = experiment;
  return (
    <Section title={t('experiments.schedule.title', 'Windows')} testId={testIds.experiments.schedule}>
      <WindowSchedule
        title={t('experiments.schedule.chosen', 'Windows as the coins chose them')}
        startsAt={startsAt}
        windowSeconds={windowSeconds}
        windowsAPeriod={Math.max(1, Math.round(periodSeconds / windowSeconds))}
        windows={scheduledWindows(experiment)}
        timeZone={TIME_ZONE}
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

function CarryOver({ experiment: { carryOver, unit, missingShare } }: PartProps) {
  return (
    <Section title={t('experiments.carryOver.title', 'Does the arm before still show?')}>
      <Stack direction="column" gap={1}>
        {carryOver === null ? (
          <Text color="secondary">{t('experiments.carryOver.none', 'Too few windows are over to tell.')}</Text>
        ) : carryOver.isSuspected ? (
          <Alert
            severity="warning"
            title={t(
              'experiments.carryOver.suspected',
              'Windows begin differently after a switch: by {{effect}} (p = {{p}}). A longer burn-in is needed.',
              {
                effect: formatQuantity(carryOver.effect, unit),
                p: carryOver.pValue.toPrecision(2),
              }
            )}
          />
        ) : (
          <Text>
            {t(
              'experiments.carryOver.fine',
              'Not to be seen: windows begin alike after a switch and after none (p = {{p}}).',
              {
                p: carryOver.pValue.toPrecision(2),
              }
            )}
          </Text>
        )}
        {missingShare > 0 && (
          <Text color="secondary">
            {t(
              'experiments.carryOver.missing',
              '{{share}} of the pairs that are over lack a measurement or do not count.',
              {
                share: formatQuantity(missingShare, '%'),
              }
            )}
          </Text>
        )}
      </Stack>
    </Section>
  );
}

function StopButton({
  experiment: { id, state, workload },
  onChanged,
}: PartProps & { readonly onChanged: () => void }) {
  const [isAsked, setIsAsked] = useState(false);
  if (state !== 'running') {
    return null;
  }
  return (
    <>
      <ActionButton
        permission={PERMISSIONS.propose}
        variant="destructive"
        icon="square-shape"
        testId={testIds.experiments.stop}
        onClick={() => setIsAsked(true)}
      >
        {t('experiments.stop', 'Stop the test')}
      </ActionButton>
      {isAsked && (
        <ChangeModal
          title={t('experiments.stopTitle', 'Stop the test on {{workload}}?', { workload })}
          meaning={[
            t('experiments.stopHappens', 'What is declared is in force at once. What was measured is kept.'),
            t('experiments.stopUndo', 'It cannot go on afterwards; a new test can be started.'),
          ]}
          press={t('experiments.stop', 'Stop the test')}
          permission={PERMISSIONS.propose}
          isDestructive
          testId={testIds.experiments.confirm}
          act={(reason) => stopExperiment(id, reason)}
          onDone={onChanged}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}

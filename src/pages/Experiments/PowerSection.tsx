import React from 'react';
import { Alert, Button, Stack, Text } from '@grafana/ui';
import type { ExperimentPower } from '../../../contract/experiments.ts';
import { formatDuration } from '../../formatting/formatDuration';
import { Sentence } from '../../sentences/Sentence';
import type { Polled } from '../../sidecar/useResource';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import { formatQuantity } from './experimentNames';
import { neededDays } from './neededDays';
import { WindowSchedule, type ScheduledWindow } from './WindowSchedule';

interface PowerSectionProps {
  readonly plan: Polled<ExperimentPower>;
  /** The smallest difference that matters, as a share of the mean; null where none is named. */
  readonly wanted: number | null;
  readonly onDays: (days: number) => void;
}

/** What a test of this design would find, and how long it has to last, before it begins. */
export function PowerSection({ plan: { resource, reload }, wanted, onDays }: PowerSectionProps) {
  return (
    <Section title={t('experiments.power.title', 'What it would find')} testId={testIds.experiments.power}>
      {resource.kind === 'loading' && <LoadingRows label={t('experiments.power.loading', 'Reckoning from the past')} />}
      {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
      {resource.kind === 'ready' && <Power power={resource.value} wanted={wanted} onDays={onDays} />}
    </Section>
  );
}

function Power({ power, wanted, onDays }: { readonly power: ExperimentPower } & Omit<PowerSectionProps, 'plan'>) {
  const { points, words, unit, windowSeconds, burnInSeconds, periodSeconds, blocks, mean, deviation } = power;
  const isStill = !(deviation > 1e-9 * Math.abs(mean));
  const needed = wanted === null ? null : neededDays(power, wanted);
  const windowsAPeriod = Math.max(1, Math.round(periodSeconds / windowSeconds));
  const coin: ScheduledWindow = {
    arm: null,
    state: 'coming',
    words: t('experiments.schedule.coin', 'A coin decides; its pair, a period later, is the other one'),
  };
  const windows = Array.from({ length: 2 * blocks * windowsAPeriod }, () => coin);
  return (
    <Stack direction="column" gap={2}>
      {isStill ? (
        <Alert
          severity="warning"
          title={t('experiments.power.still', 'The past does not tell what this test would find')}
        />
      ) : (
        <SimpleTable
          caption={t('experiments.power.caption', 'Found four times in five')}
          columns={[
            t('experiments.power.length', 'Length'),
            t('experiments.power.effect', 'Difference'),
            t('experiments.power.relative', 'Of the mean'),
          ]}
          rows={points.map(({ days, minimumEffect, relative }) => ({
            key: String(days),
            cells: [
              t('experiments.power.days', '{{count}} days', { count: days }),
              minimumEffect === null
                ? t('experiments.power.none', 'none reliably')
                : formatQuantity(minimumEffect, unit),
              relative === null ? '–' : formatQuantity(relative, '%'),
            ],
          }))}
        />
      )}
      {wanted !== null &&
        !isStill &&
        (needed === null ? (
          <Alert
            severity="warning"
            title={t(
              'experiments.power.tooSmall',
              'A difference of {{share}} is too small for a test of at most 112 days',
              {
                share: formatQuantity(wanted, '%'),
              }
            )}
          />
        ) : (
          <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
            <Text>
              {t('experiments.power.needed', 'To find a difference of {{share}} it has to last about {{days}} days.', {
                share: formatQuantity(wanted, '%'),
                days: needed,
              })}
            </Text>
            <Button variant="secondary" size="sm" onClick={() => onDays(needed)}>
              {t('experiments.power.use', 'Use {{days}} days', { days: needed })}
            </Button>
          </Stack>
        ))}
      <div>
        {words.map((sentence) => (
          <Text key={sentence} element="p">
            <Sentence text={sentence} />
          </Text>
        ))}
        {!isStill && (
          <Text variant="bodySmall" color="secondary">
            {t(
              'experiments.power.past',
              'In the past: {{mean}} in the mean; windows differ by {{deviation}}. The first {{burnIn}} of a window do not count.',
              {
                mean: formatQuantity(mean, unit),
                deviation: formatQuantity(deviation, unit),
                burnIn: formatDuration(burnInSeconds),
              }
            )}
          </Text>
        )}
      </div>
      <div>
        <Text element="h4" variant="h5">
          {t('experiments.schedule.title', 'Windows')}
        </Text>
        <WindowSchedule
          title={t('experiments.schedule.planned', 'Planned windows')}
          startsAt={null}
          windowSeconds={windowSeconds}
          windowsAPeriod={windowsAPeriod}
          windows={windows}
          timeZone="browser"
        />
        <Text variant="bodySmall" color="secondary">
          {t(
            'experiments.schedule.pairs',
            'Coins choose as it starts: a window and the one a period later are a pair, one of them a, the other b.'
          )}
        </Text>
      </div>
    </Stack>
  );
}

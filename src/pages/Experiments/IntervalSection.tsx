import React, { useMemo } from 'react';
import { Stack, Text } from '@grafana/ui';
import type { Experiment } from '../../../contract/experiments.ts';
import type { ChartLine } from '../../charts/lines';
import { LinesChart } from '../../charts/LinesChart';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { formatQuantity } from './experimentNames';

const HEIGHT = 220;

/** How the interval has narrowed from look to look, and what each window came to. */
export function IntervalSection({
  experiment,
  timeZone,
}: {
  readonly experiment: Experiment;
  readonly timeZone: string;
}) {
  const { looks, windows, unit, startsAt, endsAt, endedAt } = experiment;
  const format = (value: number | null | undefined) => formatQuantity(value, unit);
  const bounded = useMemo(() => looks.filter(({ low, high }) => low !== null && high !== null), [looks]);
  const effect = useMemo(
    (): ChartLine[] => [
      {
        key: 'effect',
        name: t('experiments.interval.effect', 'b less a'),
        hue: 'purple',
        shape: 'line',
        values: bounded.map((look) => look.effect),
        interval: { lower: bounded.map(({ low }) => low), upper: bounded.map(({ high }) => high) },
      },
    ],
    [bounded]
  );
  const counted = useMemo(() => windows.filter(({ void: why }) => why === null), [windows]);
  const arms = useMemo(
    () =>
      (['a', 'b'] as const).map((arm): ChartLine => ({
        key: arm,
        name: arm,
        hue: arm === 'a' ? 'blue' : 'orange',
        shape: 'bars',
        values: counted.map((each) => (each.arm === arm ? each.value : null)),
      })),
    [counted]
  );
  const range = { fromMs: startsAt * 1000, toMs: (endedAt ?? endsAt) * 1000, timeZone, format, height: HEIGHT };
  return (
    <Section title={t('experiments.interval.title', 'How sure it is')} testId={testIds.experiments.interval}>
      <Stack direction="column" gap={3}>
        {bounded.length === 0 ? (
          <Text color="secondary">
            {t(
              'experiments.interval.none',
              'The first look comes when a block of two periods is over and enough pairs are measured.'
            )}
          </Text>
        ) : (
          <LinesChart
            {...range}
            title={t(
              'experiments.interval.chart',
              'Difference with its interval, look by look; where it leaves out zero, a difference is found'
            )}
            timesMs={bounded.map(({ at }) => at * 1000)}
            lines={effect}
          />
        )}
        {counted.length > 0 && (
          <LinesChart
            {...range}
            title={t('experiments.interval.windows', 'Each window that counts')}
            timesMs={counted.map(({ start }) => start * 1000)}
            lines={arms}
          />
        )}
      </Stack>
    </Section>
  );
}

import React from 'react';
import { Stack, Text } from '@grafana/ui';
import { t } from '../translations';
import type { Expectation, Recommendation } from '../../contract/recommendation.ts';
import { formatDuration } from '../formatting/formatDuration';
import { formatMinutes } from '../formatting/formatMinutes';
import { formatMoney } from '../formatting/formatMoney';
import { formatNumber } from '../formatting/formatNumber';
import { formatProbability } from '../formatting/formatProbability';
import { formatTime } from '../formatting/formatTime';
import { ProbabilityText } from '../indicators/ProbabilityText';
import { SimpleTable } from '../pages/SimpleTable';

interface ChoiceTableProps {
  readonly recommendation: Recommendation;
  readonly now: number;
  readonly timeZone: string;
}

/** Doing it beside not doing it: how long and how likely capacity falls short, cost, and replica hours. */
export function ChoiceTable({ recommendation, now, timeZone }: ChoiceTableProps) {
  const { expected, currency } = recommendation;
  const { current, proposed } = expected;
  const both = (read: (expectation: Expectation) => React.ReactNode) => [
    current === null ? '–' : read(current),
    read(proposed),
  ];
  const rows = [
    {
      key: 'minutes',
      cells: [
        t('choice.minutes', 'Expected minutes short'),
        ...both(({ shortfallMinutes }) => formatMinutes(shortfallMinutes)),
      ],
    },
    {
      key: 'probability',
      cells: [
        t('choice.probability', 'At least one shortfall'),
        ...both(({ shortfallProbability }) => <ProbabilityText probability={shortfallProbability} />),
      ],
    },
    {
      key: 'first',
      cells: [
        t('choice.first', 'First above the accepted risk'),
        ...both(({ firstShortfallAt }) => when(firstShortfallAt, now, timeZone)),
      ],
    },
    {
      key: 'cost',
      cells: [t('choice.cost', 'Cost, with that of shortfalls'), ...both(({ cost }) => formatMoney(cost, currency))],
    },
    {
      key: 'replicaHours',
      cells: [
        t('choice.replicaHours', 'Replica hours'),
        ...both(({ replicaHours }) => formatNumber(replicaHours, { maximumFractionDigits: 1 })),
      ],
    },
  ];
  return (
    <Stack direction="column" gap={1}>
      <SimpleTable
        caption={t('choice.caption', 'Over the forecast horizon')}
        columns={['', t('choice.not', 'If you leave it'), t('choice.do', 'If you follow it')]}
        rows={rows}
      />
      {proposed.shortfallProbability > recommendation.risk && (
        <Text color="secondary" variant="bodySmall">
          {t(
            'choice.addsUp',
            'A floor alone is judged: each {{window}} it accepts a risk of {{risk}}, which adds up over the horizon to short shortfalls. An autoscaler above the floor meets most of them; it is not counted here.',
            {
              window: formatDuration(recommendation.leadTimeSeconds),
              risk: formatProbability(recommendation.risk),
            }
          )}
        </Text>
      )}
    </Stack>
  );
}

function when(at: number | null, now: number, timeZone: string): string {
  if (at === null) {
    return t('choice.never', 'none');
  }
  const time = formatTime(at, timeZone);
  return at <= now ? time : t('choice.at', '{{time}} (in {{ahead}})', { time, ahead: formatDuration(at - now) });
}

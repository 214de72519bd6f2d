import React from 'react';
import { t } from '../translations';
import type { Expectation, Recommendation } from '../../contract/recommendation.ts';
import { formatDuration } from '../formatting/formatDuration';
import { formatMoney } from '../formatting/formatMoney';
import { formatTime } from '../formatting/formatTime';
import { ProbabilityText } from '../indicators/ProbabilityText';
import { SimpleTable } from '../pages/SimpleTable';

interface ChoiceTableProps {
  readonly recommendation: Recommendation;
  readonly now: number;
  readonly timeZone: string;
}

/** Doing it beside not doing it: cost, replica hours, and how likely capacity falls short. */
export function ChoiceTable({ recommendation, now, timeZone }: ChoiceTableProps) {
  const { expected, currency } = recommendation;
  const { current, proposed } = expected;
  const both = (read: (expectation: Expectation) => React.ReactNode) => [
    current === null ? '–' : read(current),
    read(proposed),
  ];
  const rows = [
    {
      key: 'probability',
      cells: [
        t('choice.probability', 'Probability of a shortfall'),
        ...both(({ shortfallProbability }) => <ProbabilityText probability={shortfallProbability} />),
      ],
    },
    {
      key: 'minutes',
      cells: [
        t('choice.minutes', 'Expected minutes short'),
        ...both(({ shortfallMinutes }) =>
          new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(shortfallMinutes)
        ),
      ],
    },
    {
      key: 'first',
      cells: [
        t('choice.first', 'First one likely'),
        ...both(({ firstShortfallAt }) => when(firstShortfallAt, now, timeZone)),
      ],
    },
    { key: 'cost', cells: [t('choice.cost', 'Cost'), ...both(({ cost }) => formatMoney(cost, currency))] },
    {
      key: 'replicaHours',
      cells: [
        t('choice.replicaHours', 'Replica hours'),
        ...both(({ replicaHours }) =>
          new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(replicaHours)
        ),
      ],
    },
  ];
  return (
    <SimpleTable
      caption={t('choice.caption', 'Over the forecast horizon')}
      columns={['', t('choice.not', 'If you leave it'), t('choice.do', 'If you follow it')]}
      rows={rows}
    />
  );
}

function when(at: number | null, now: number, timeZone: string): string {
  if (at === null) {
    return t('choice.never', 'none');
  }
  const time = formatTime(at, timeZone);
  return at <= now ? time : t('choice.at', '{{time}} (in {{ahead}})', { time, ahead: formatDuration(at - now) });
}

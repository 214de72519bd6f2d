import React from 'react';
import { Text } from '@grafana/ui';
import { formatDuration } from '../../formatting/formatDuration';
import { formatNumber } from '../../formatting/formatNumber';
import { formatTime } from '../../formatting/formatTime';
import { Sentence } from '../../sentences/Sentence';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import { DriftBadge } from './DriftBadge';
import type { Drift } from './driftName';

interface DriftSectionProps {
  readonly drifts: readonly Drift[];
  readonly now: number;
  readonly timeZone: string;
}

/** Whether each series is still what its forecasts take it for, since when it is not, and on what that rests. */
export function DriftSection({ drifts, now, timeZone }: DriftSectionProps) {
  return (
    <Section title={t('models.drift.title', 'Drift')} testId={testIds.models.drift}>
      {drifts.length === 0 ? (
        <Text color="secondary">{t('models.drift.none', 'No series has a verdict yet.')}</Text>
      ) : (
        <SimpleTable
          caption={t('models.drift.caption', 'Each series against its own past, once an hour')}
          columns={[
            t('models.drift.series', 'Series'),
            t('models.drift.verdict', 'Verdict'),
            t('models.drift.since', 'Since'),
            t('models.drift.what', 'What'),
            t('models.drift.evidence', 'Statistic and threshold'),
          ]}
          rows={drifts.map((drift) => ({
            key: drift.resource,
            cells: [
              drift.resource,
              <DriftBadge key="badge" drift={drift} />,
              drift.since === null
                ? '–'
                : t('models.drift.sinceAgo', '{{time}}, {{ago}} ago', {
                    time: formatTime(drift.since, timeZone),
                    ago: formatDuration(now - drift.since),
                  }),
              <Sentence key="words" text={drift.words} />,
              evidence(drift),
            ],
          }))}
        />
      )}
    </Section>
  );
}

function evidence({ statistic, threshold, alarmDays }: Drift): string {
  return statistic === null || threshold === null || alarmDays === null
    ? '–'
    : t('models.drift.rate', '{{statistic}} of {{threshold}}, which noise passes on one day in {{days}}', {
        statistic: rounded(statistic),
        threshold: rounded(threshold),
        days: Math.round(alarmDays),
      });
}

function rounded(value: number): string {
  return formatNumber(value, { maximumSignificantDigits: 3 });
}

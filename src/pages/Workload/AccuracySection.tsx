import React from 'react';
import { t } from '../../translations';
import { Text } from '@grafana/ui';
import type { Accuracy, ResourceSummary } from '../../../contract/api.ts';
import { formatNumber } from '../../formatting/formatNumber';
import { formatProbability } from '../../formatting/formatProbability';
import { testIds } from '../../testIds';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import { accuracyRows } from './accuracyRows';

interface AccuracySectionProps {
  readonly accuracy: readonly Accuracy[];
  readonly resources: readonly ResourceSummary[];
}

/** How good the forecasts have been, each checked against the truth that came, beside the naive guess. */
export function AccuracySection({ accuracy, resources }: AccuracySectionProps) {
  const rows = accuracyRows(accuracy, resources);
  return (
    <Section title={t('accuracy.title', 'Model and accuracy')} testId={testIds.workload.accuracy}>
      {rows.length === 0 ? (
        <Text color="secondary">
          {t('accuracy.none', 'No forecast has met its truth yet; the first scores come within the hour.')}
        </Text>
      ) : (
        <>
          <SimpleTable
            caption={t('accuracy.caption', 'Live, by how far ahead')}
            columns={[
              t('accuracy.resource', 'Resource'),
              t('accuracy.lead', 'Up to'),
              t('accuracy.model', 'Model'),
              t('accuracy.crps', 'CRPS'),
              t('accuracy.mase', 'MASE'),
              t('accuracy.coverage', '80% band held'),
              t('accuracy.count', 'Checked'),
            ]}
            rows={rows.map(({ own, baseline }) => ({
              key: [own.resource, own.lead, own.model].join(' '),
              cells: [
                own.resource,
                own.lead,
                own.model,
                <Beside key="crps" own={own.crps} baseline={baseline?.crps} isLessBetter />,
                <Beside key="mase" own={own.mase} baseline={baseline?.mase} isLessBetter />,
                <Beside
                  key="coverage"
                  own={own.coverage['0.8'] ?? null}
                  baseline={baseline?.coverage['0.8']}
                  format={formatProbability}
                />,
                String(own.count),
              ],
            }))}
          />
          <Text variant="bodySmall" color="secondary">
            {t(
              'accuracy.note',
              'In brackets: seasonal-naive, the same time a season ago. Less is better for CRPS and MASE; the 80% band should hold about 80%.'
            )}
          </Text>
        </>
      )}
    </Section>
  );
}

interface BesideProps {
  readonly own: number | null;
  readonly baseline: number | null | undefined;
  readonly isLessBetter?: boolean;
  readonly format?: (value: number | null) => string;
}

function Beside({ own, baseline, isLessBetter = false, format = formatScore }: BesideProps) {
  const isBetter = isLessBetter && own !== null && baseline !== null && baseline !== undefined && own < baseline;
  return (
    <>
      <Text weight="medium" color={isBetter ? 'success' : 'primary'} tabular>
        {format(own)}
      </Text>
      {baseline !== undefined && (
        <>
          {' '}
          <Text color="secondary" tabular>
            ({format(baseline)})
          </Text>
        </>
      )}
    </>
  );
}

function formatScore(value: number | null): string {
  return value === null ? '–' : formatNumber(value, { maximumSignificantDigits: 3 });
}

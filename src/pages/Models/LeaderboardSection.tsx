import React, { useState } from 'react';
import { Badge, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import type { Accuracy } from '../../../contract/api.ts';
import { formatNumber } from '../../formatting/formatNumber';
import { formatProbability } from '../../formatting/formatProbability';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import { BASELINE, LEADS, leaderboardRows, type LeaderboardCell, type Metric } from './leaderboardRows';

interface LeaderboardSectionProps {
  readonly accuracy: readonly Accuracy[];
  readonly resource: string;
  /** The one that forecasts the series now. */
  readonly inCharge: string | null;
}

/** How each model has done live at each lead, the baseline among them. */
export function LeaderboardSection({ accuracy, resource, inCharge }: LeaderboardSectionProps) {
  const [metric, setMetric] = useState<Metric>('crps');
  const rows = leaderboardRows(accuracy, resource, metric);
  return (
    <Section title={t('models.leaderboard.title', 'Leaderboard')} testId={testIds.models.leaderboard}>
      <Stack direction="column" gap={1}>
        <div>
          <RadioButtonGroup<Metric>
            size="sm"
            aria-label={t('models.leaderboard.metric', 'Score')}
            options={[
              { value: 'crps', label: t('models.metric.crps', 'CRPS') },
              { value: 'mase', label: t('models.metric.mase', 'MASE') },
              { value: 'coverage', label: t('models.metric.coverage', '80% band held') },
            ]}
            value={metric}
            onChange={setMetric}
          />
        </div>
        {rows.length === 0 ? (
          <Text color="secondary">
            {t('accuracy.none', 'No forecast has met its truth yet; the first scores come within the hour.')}
          </Text>
        ) : (
          <SimpleTable
            caption={t('models.leaderboard.caption', '{{resource}}, live, by how far ahead', { resource })}
            columns={[
              t('models.leaderboard.model', 'Model'),
              ...LEADS.map((lead) => t('models.leaderboard.upTo', 'Up to {{lead}}', { lead })),
              t('models.leaderboard.checked', 'Checked'),
            ]}
            rows={rows.map(({ model, cells }) => ({
              key: model,
              cells: [
                <Stack key="model" direction="row" gap={1} alignItems="center">
                  <span>{model}</span>
                  {model === inCharge && <Badge color="green" text={t('models.leaderboard.inCharge', 'Serves')} />}
                  {model === BASELINE && <Badge color="darkgrey" text={t('models.leaderboard.baseline', 'Baseline')} />}
                </Stack>,
                ...cells.map((cell, index) => <Score key={LEADS[index]} cell={cell} metric={metric} />),
                formatNumber(cells.reduce((sum, cell) => sum + (cell?.count ?? 0), 0)),
              ],
            }))}
          />
        )}
        <Text variant="bodySmall" color="secondary">
          {metric === 'coverage'
            ? t('models.leaderboard.coverageNote', 'The nearer to 80% the better; bold is the nearest.')
            : t(
                'models.leaderboard.lessNote',
                'Less is better; bold is the best. CRPS is a share of what was measured; MASE below 1 beats the same time a day before.'
              )}
        </Text>
      </Stack>
    </Section>
  );
}

function Score({ cell, metric }: { readonly cell: LeaderboardCell | null; readonly metric: Metric }) {
  if (cell === null || cell.value === null) {
    return <>–</>;
  }
  const text =
    metric === 'coverage' ? formatProbability(cell.value) : formatNumber(cell.value, { maximumSignificantDigits: 3 });
  return (
    <Text weight={cell.isBest ? 'bold' : undefined} color={cell.isBest ? 'success' : 'primary'} tabular>
      {text}
    </Text>
  );
}

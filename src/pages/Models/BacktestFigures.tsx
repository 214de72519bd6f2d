import React from 'react';
import { Text } from '@grafana/ui';
import { formatNumber } from '../../formatting/formatNumber';
import { formatProbability } from '../../formatting/formatProbability';
import type { Backtest } from '../../sidecar/useBacktest';
import { t } from '../../translations';
import { SimpleTable } from '../SimpleTable';
import { forecastScores } from './forecastScores';

interface BacktestFiguresProps {
  readonly own: Backtest;
  /** Of the same instant; undefined while it is unknown. */
  readonly baseline: Backtest | undefined;
}

/** How a forecast of then did, beside the baseline's. */
export function BacktestFigures({ own, baseline }: BacktestFiguresProps) {
  const rows = [own, ...(baseline === undefined ? [] : [baseline])];
  const scores = rows.map((each) => ({ model: each.model, ...forecastScores(each) }));
  if (scores[0]?.count === 0) {
    return (
      <Text color="secondary">
        {own.model === null
          ? t('models.backtest.noHistory', 'Nothing was measured before this time.')
          : t('models.backtest.notYet', 'Nothing of what was foreseen has come yet.')}
      </Text>
    );
  }
  return (
    <SimpleTable
      caption={t('models.backtest.figures', 'How it did')}
      columns={[
        t('models.leaderboard.model', 'Model'),
        t('models.metric.crps', 'CRPS'),
        t('models.metric.coverage', '80% band held'),
        t('models.leaderboard.checked', 'Checked'),
      ]}
      rows={scores.map(({ model, crps, held80, count }, index) => ({
        key: `${index} ${model ?? ''}`,
        cells: [
          model ?? '–',
          crps === null ? '–' : formatNumber(crps, { maximumSignificantDigits: 3 }),
          formatProbability(held80),
          String(count),
        ],
      }))}
    />
  );
}

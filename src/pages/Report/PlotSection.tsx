import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import type { KpiFigures } from '../../../contract/kpis.ts';
import type { ChartLine } from '../../charts/lines';
import { LinesChart } from '../../charts/LinesChart';
import { formatMoney } from '../../formatting/formatMoney';
import { formatProbability } from '../../formatting/formatProbability';
import { useKpis, type KpisQuestion } from '../../sidecar/useKpis';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { formatAmount } from './estimateText';

const HEIGHT = 200;
/** Longer periods are drawn by weeks. */
const MOST_DAYS = 92;
const DAY_SECONDS = 86_400;

/** The period day by day, ours beside the reactive autoscaler. */
export function PlotSection({ question, group }: { readonly question: KpisQuestion; readonly group: string | null }) {
  const isWeekly = question.end - question.start > MOST_DAYS * DAY_SECONDS;
  const { resource, reload } = useKpis({ ...question, period: isWeekly ? 'week' : 'day' });
  return (
    <Section
      title={isWeekly ? t('report.plots.weekly', 'Week by week') : t('report.plots.daily', 'Day by day')}
      testId={testIds.report.plots}
    >
      {resource.kind === 'loading' && <LoadingRows label={t('report.plots.loading', 'Loading the days')} />}
      {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
      {resource.kind === 'ready' && (
        <Plots
          figures={resource.value.figures.filter((each) => each.group === group)}
          start={question.start}
          end={question.end}
        />
      )}
    </Section>
  );
}

interface PlotsProps {
  readonly figures: readonly KpiFigures[];
  readonly start: number;
  readonly end: number;
}

function Plots({ figures, start, end }: PlotsProps) {
  const styles = useStyles2(getStyles);
  const timesMs = useMemo(() => figures.map((each) => each.start * 1000), [figures]);
  const lines = useMemo(() => linesOf(figures), [figures]);
  if (figures.length === 0) {
    return <Text color="secondary">{t('report.plots.none', 'No day of this period has a figure.')}</Text>;
  }
  const currency = figures[0]?.currency ?? '';
  const shared = { timesMs, height: HEIGHT, fromMs: start * 1000, toMs: end * 1000, timeZone: 'utc', isDaily: true };
  const money = (value: number | null | undefined) => formatMoney(value, currency);
  const amount = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : formatAmount(value);
  return (
    <div className={styles.plots}>
      {figures.some(({ cost }) => cost !== null) ? (
        <LinesChart {...shared} title={t('report.plots.cost', 'Cost')} lines={lines.cost} format={money} />
      ) : (
        <LinesChart {...shared} title={t('report.plots.hours', 'Replica hours')} lines={lines.hours} format={amount} />
      )}
      <LinesChart
        {...shared}
        title={t('report.plots.violations', 'Minutes in violation')}
        lines={lines.violations}
        format={amount}
      />
      <LinesChart
        {...shared}
        title={t('report.plots.utilization', 'Utilisation')}
        lines={lines.utilization}
        format={formatProbability}
      />
    </div>
  );
}

function linesOf(figures: readonly KpiFigures[]) {
  const own = (pick: (of: KpiFigures) => number | null): ChartLine => ({
    key: 'own',
    name: t('report.plots.own', 'As it was'),
    hue: 'blue',
    shape: 'line',
    values: figures.map(pick),
  });
  const reactive = (pick: (of: KpiFigures) => number | null): ChartLine => ({
    key: 'reactive',
    name: t('report.plots.reactive', 'Reactive autoscaler'),
    hue: 'orange',
    shape: 'line',
    values: figures.map(pick),
  });
  return {
    cost: [own(({ cost }) => cost), reactive(({ reactive: of }) => of.cost)],
    hours: [own(({ replicaHours }) => replicaHours), reactive(({ reactive: of }) => of.replicaHours)],
    violations: [own(({ violationMinutes }) => violationMinutes), reactive(({ reactive: of }) => of.violationMinutes)],
    utilization: [own(({ utilization }) => utilization)],
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  plots: css({
    display: 'grid',
    gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${theme.spacing(48)}), 1fr))`,
    gap: theme.spacing(3),
    '& > *': { minWidth: 0 },
  }),
});

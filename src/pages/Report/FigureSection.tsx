import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import type { KpiEstimate, KpiFigures } from '../../../contract/kpis.ts';
import { formatMoney } from '../../formatting/formatMoney';
import { formatProbability } from '../../formatting/formatProbability';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { formatAmount } from './estimateText';

/** The figures of a period, each beside what the reactive autoscaler alone would have come to. */
export function FigureSection({ figures }: { readonly figures: KpiFigures }) {
  const styles = useStyles2(getStyles);
  const { savings, reactive, currency, forecastValue } = figures;
  const money = (value: number) => formatMoney(value, currency ?? '');
  const hours = (value: number) => t('report.hours', '{{count}} replica hours', { count: formatAmount(value) });
  const minutes = (value: number) => t('report.minutes', '{{count}} min', { count: formatAmount(value) });
  return (
    <Section title={t('report.figures.title', 'What it was worth')} testId={testIds.report.figures}>
      <Text element="p">{headline(figures)}</Text>
      <div className={styles.tiles}>
        {savings.cost !== null && (
          <Tile
            name={t('report.saved', 'Cost saved')}
            estimate={savings.cost}
            format={money}
            beside={
              figures.cost === null || reactive.cost === null
                ? null
                : t('report.costBeside', 'cost {{own}}, reactive {{reactive}}', {
                    own: money(figures.cost),
                    reactive: money(reactive.cost),
                  })
            }
          />
        )}
        <Tile
          name={t('report.savedHours', 'Replica hours saved')}
          estimate={savings.replicaHours}
          format={formatAmount}
          beside={t('report.beside', '{{own}}, reactive {{reactive}}', {
            own: hours(figures.replicaHours),
            reactive: hours(reactive.replicaHours),
          })}
        />
        <Tile
          name={t('report.avoided', 'Violations avoided')}
          estimate={savings.violationMinutes}
          format={minutes}
          beside={t('report.beside', '{{own}}, reactive {{reactive}}', {
            own: minutes(figures.violationMinutes),
            reactive: minutes(reactive.violationMinutes),
          })}
        />
        {forecastValue.againstNone?.cost != null && (
          <Tile
            name={t('report.forecastValue', 'Worth of the forecast')}
            estimate={forecastValue.againstNone.cost}
            format={money}
            beside={
              forecastValue.againstSeasonal?.cost == null
                ? null
                : t('report.againstSeasonal', '{{value}} above a seasonal-naive one', {
                    value: money(forecastValue.againstSeasonal.cost.value),
                  })
            }
          />
        )}
        <Plain
          name={t('report.utilization', 'Utilisation')}
          value={formatProbability(figures.utilization)}
          beside={t('report.slack', '{{hours}} not filled', { hours: hours(figures.slackReplicaHours) })}
        />
        <Plain
          name={t('report.slo', 'SLO kept')}
          value={formatProbability(figures.sloAttainment)}
          beside={
            figures.sloAttainment === null
              ? t('report.sloUnknown', 'latency and errors are not both measured')
              : t('report.sloSteps', 'of the measured time')
          }
        />
      </div>
      <Text variant="bodySmall" color="secondary">
        {t(
          'report.note',
          'Against a Kubernetes HPA on the same demand, reckoned afterwards. Intervals (95%) draw runs of days anew; with fewer than seven days there is none. Days without a measurement are in no figure: {{missing}} of the time is missing.',
          { missing: formatProbability(figures.missingShare) }
        )}
      </Text>
    </Section>
  );
}

interface TileProps {
  readonly name: string;
  readonly estimate: KpiEstimate;
  readonly format: (value: number) => string;
  readonly beside: string | null;
}

function Tile({ name, estimate: { value, low, high }, format, beside }: TileProps) {
  return (
    <Plain
      name={name}
      value={format(value)}
      tone={low !== null && low > 0 ? 'success' : high !== null && high < 0 ? 'warning' : undefined}
      interval={
        low === null || high === null
          ? null
          : t('report.interval', '{{low}} to {{high}}', { low: format(low), high: format(high) })
      }
      beside={beside}
    />
  );
}

interface PlainProps {
  readonly name: string;
  readonly value: string;
  readonly tone?: 'success' | 'warning';
  readonly interval?: string | null;
  readonly beside: string | null;
}

function Plain({ name, value, tone, interval = null, beside }: PlainProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.tile}>
      <Text variant="bodySmall" color="secondary">
        {name}
      </Text>
      <Text variant="h3" element="p" color={tone} tabular>
        {value}
      </Text>
      {interval !== null && <Text tabular>{interval}</Text>}
      {beside !== null && (
        <Text variant="bodySmall" color="secondary" tabular>
          {beside}
        </Text>
      )}
    </div>
  );
}

/** The period in a sentence: whose doing it was comes first. */
function headline({ actedShare, days, workloads, savings, currency }: KpiFigures): string {
  const who =
    actedShare === 0
      ? t(
          'report.looked',
          'Headroom only looked on in these {{days}} days of {{workloads}} workloads: the figures are not its doing, but what ran without it.',
          {
            days,
            workloads,
          }
        )
      : t('report.acted', 'Headroom acted on {{share}} of the days of {{workloads}} workloads.', {
          share: formatProbability(actedShare),
          workloads,
        });
  const cost = savings.cost;
  if (cost === null || cost.low === null || cost.high === null) {
    return who;
  }
  const money = (value: number) => formatMoney(Math.abs(value), currency ?? '');
  const what =
    cost.low > 0
      ? t('report.cheaper', 'It cost {{amount}} less than the reactive autoscaler would have.', {
          amount: money(cost.value),
        })
      : cost.high < 0
        ? t('report.dearer', 'It cost {{amount}} more than the reactive autoscaler would have.', {
            amount: money(cost.value),
          })
        : t('report.alike', 'What it cost cannot be told apart from what the reactive autoscaler would have.');
  return `${who} ${what}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  tiles: css({
    display: 'grid',
    gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${theme.spacing(24)}), 1fr))`,
    gap: theme.spacing(2),
    margin: theme.spacing(2, 0),
  }),
  tile: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.25),
    padding: theme.spacing(1.5),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
  }),
});

import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../translations';
import { Text, useStyles2 } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { formatMoney } from '../../formatting/formatMoney';
import { testIds } from '../../testIds';
import { hourlySaving } from '../../fleet/urgencyOrder';

const HOUR_SECONDS = 3600;

interface Fact {
  readonly label: string;
  readonly value: string;
  readonly color: 'error' | 'warning' | 'success' | 'primary';
}

/** The fleet in one line: how many run short and how soon, what is broken, what could be saved. */
export function FleetSummary({
  workloads,
  now,
}: {
  readonly workloads: readonly WorkloadSummary[];
  readonly now: number;
}) {
  const styles = useStyles2(getStyles);
  const facts = useMemo(() => fleetFacts(workloads, now), [workloads, now]);
  return (
    <dl className={styles.facts} data-testid={testIds.overview.summary}>
      {facts.map(({ label, value, color }) => (
        <div key={label} className={styles.fact}>
          <dt>
            <Text variant="bodySmall" color="secondary">
              {label}
            </Text>
          </dt>
          <dd className={styles.value}>
            <Text variant="h3" color={color} tabular>
              {value}
            </Text>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function fleetFacts(workloads: readonly WorkloadSummary[], now: number): Fact[] {
  const shortWithin = (hours: number) =>
    workloads.filter(
      ({ firstShortfallAt }) => firstShortfallAt !== null && firstShortfallAt - now <= hours * HOUR_SECONDS
    ).length;
  const broken = workloads.filter(({ health }) => health.state === 'failing' || health.state === 'stale').length;
  const count = (value: number, color: Fact['color']): Pick<Fact, 'value' | 'color'> => ({
    value: String(value),
    color: value === 0 ? 'primary' : color,
  });
  return [
    { label: t('overview.fact.hour', 'Short within 1h'), ...count(shortWithin(1), 'error') },
    { label: t('overview.fact.hours6', 'Short within 6h'), ...count(shortWithin(6), 'warning') },
    { label: t('overview.fact.day', 'Short within 24h'), ...count(shortWithin(24), 'warning') },
    { label: t('overview.fact.broken', 'Stale or failing'), ...count(broken, 'warning') },
    ...savings(workloads),
  ];
}

/** What the recommendations save in an hour, for each currency in use. */
function savings(workloads: readonly WorkloadSummary[]): Fact[] {
  const totals = new Map<string, number>();
  for (const workload of workloads) {
    const saving = hourlySaving(workload);
    if (saving !== null) {
      const { currency } = workload.costHourly;
      totals.set(currency, (totals.get(currency) ?? 0) + saving);
    }
  }
  return [...totals].map(([currency, total]) => ({
    label:
      total < 0
        ? t('overview.fact.cost', 'Recommendations cost, per hour')
        : t('overview.fact.saving', 'Recommendations save, per hour'),
    value: formatMoney(Math.abs(total), currency),
    color: total > 0 ? 'success' : 'primary',
  }));
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), margin: 0 }),
  fact: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.25),
    minWidth: theme.spacing(20),
    padding: theme.spacing(1, 2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  value: css({ margin: 0 }),
});

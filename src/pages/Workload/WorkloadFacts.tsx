import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../translations';
import { Text, Tooltip, useStyles2 } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { formatMoney } from '../../formatting/formatMoney';
import { HealthBadge } from '../../indicators/HealthBadge';
import { modeMeaning, modeName } from '../../indicators/modeName';
import { ProbabilityText } from '../../indicators/ProbabilityText';
import { ShortfallTime } from '../../indicators/ShortfallTime';
import { isForeseen, WINDOWS } from '../../fleet/urgencyOrder';
import { ReplicaChange } from '../../indicators/ReplicaChange';
import { testIds } from '../../testIds';

interface WorkloadFactsProps {
  readonly summary: WorkloadSummary;
  readonly now: number;
  readonly timeZone: string;
}

/** A workload at a glance. */
export function WorkloadFacts({ summary, now, timeZone }: WorkloadFactsProps) {
  const styles = useStyles2(getStyles);
  const { costHourly, shortfallProbability } = summary;
  return (
    <dl className={styles.facts} data-testid={testIds.workload.facts}>
      <Fact label={t('overview.column.shortfall', 'Short of capacity')}>
        <ShortfallTime
          firstShortfallAt={summary.firstShortfallAt}
          isKnown={isForeseen(summary)}
          now={now}
          timeZone={timeZone}
        />
      </Fact>
      {WINDOWS.map((window) => (
        <Fact key={window} label={t('workload.within', 'Shortfall within {{window}}', { window })}>
          <ProbabilityText probability={shortfallProbability?.[window]} />
        </Fact>
      ))}
      <Fact label={t('overview.column.replicas', 'Replicas')}>
        <ReplicaChange replicas={summary.replicas} />
      </Fact>
      <Fact label={t('overview.column.cost', 'Cost per hour')}>
        <Text tabular>
          {costHourly.proposed === null || costHourly.proposed === costHourly.current
            ? formatMoney(costHourly.current, costHourly.currency)
            : t('workload.costChange', '{{current}}, planned {{proposed}}', {
                current: formatMoney(costHourly.current, costHourly.currency),
                proposed: formatMoney(costHourly.proposed, costHourly.currency),
              })}
        </Text>
      </Fact>
      <Fact label={t('overview.column.mode', 'Mode')}>
        <Tooltip content={modeMeaning(summary.mode)}>
          <span>{modeName(summary.mode)}</span>
        </Tooltip>
      </Fact>
      <Fact label={t('overview.column.health', 'State')}>
        <HealthBadge health={summary.health} />
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.fact}>
      <dt>
        <Text variant="bodySmall" color="secondary">
          {label}
        </Text>
      </dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 4),
    margin: 0,
    padding: theme.spacing(1.5, 2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  fact: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.25) }),
  value: css({ margin: 0, minHeight: theme.spacing(3), display: 'flex', alignItems: 'center' }),
});

import React from 'react';
import { t } from '../../translations';
import { Text, Tooltip } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { formatMoney } from '../../formatting/formatMoney';
import { Fact, FactList } from '../../indicators/FactList';
import { HealthBadge } from '../../indicators/HealthBadge';
import { modeMeaning, modeName } from '../../indicators/modeName';
import { ProbabilityText } from '../../indicators/ProbabilityText';
import { ShortfallTime } from '../../indicators/ShortfallTime';
import { isShortNow } from '../../fleet/isShortNow';
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
  const { costHourly, shortfallProbability } = summary;
  return (
    <FactList testId={testIds.workload.facts}>
      <Fact label={t('overview.column.shortfall', 'Short of capacity')}>
        <ShortfallTime
          firstShortfallAt={summary.firstShortfallAt}
          isKnown={isForeseen(summary)}
          isShortNow={isShortNow(summary)}
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
    </FactList>
  );
}

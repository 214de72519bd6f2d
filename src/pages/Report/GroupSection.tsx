import React from 'react';
import { TextLink } from '@grafana/ui';
import type { KpiBy, KpiFigures } from '../../../contract/kpis.ts';
import { formatMoney } from '../../formatting/formatMoney';
import { formatProbability } from '../../formatting/formatProbability';
import { workloadUrl } from '../../routes';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import { estimateText, formatAmount } from './estimateText';
import { groupName } from './groupName';

interface GroupSectionProps {
  readonly by: KpiBy;
  readonly figures: readonly KpiFigures[];
}

/** The same figures of each workload, account or tier: who saved most first. */
export function GroupSection({ by, figures }: GroupSectionProps) {
  const worth = ({ savings }: KpiFigures) => savings.cost?.value ?? savings.replicaHours.value;
  return (
    <Section title={groupTitle(by)} testId={testIds.report.table}>
      <SimpleTable
        caption={t('report.groups.caption', 'Against the reactive autoscaler; intervals of 95%')}
        columns={[
          groupName(by),
          t('report.saved', 'Cost saved'),
          t('report.savedHours', 'Replica hours saved'),
          t('report.avoidedMinutes', 'Violation minutes avoided'),
          t('report.utilization', 'Utilisation'),
          t('report.slo', 'SLO kept'),
          t('report.actedOn', 'Acted on'),
          t('report.days', 'Days'),
        ]}
        rows={[...figures]
          .sort((a, b) => worth(b) - worth(a))
          .map((each) => ({
            key: each.group ?? '',
            cells: [
              by === 'workload' && each.group !== null ? (
                <TextLink key="link" href={workloadUrl(each.group)} inline={false}>
                  {each.group}
                </TextLink>
              ) : (
                (each.group ?? '–')
              ),
              estimateText(each.savings.cost, (value) => formatMoney(value, each.currency ?? '')),
              estimateText(each.savings.replicaHours, formatAmount),
              estimateText(each.savings.violationMinutes, formatAmount),
              formatProbability(each.utilization),
              formatProbability(each.sloAttainment),
              formatProbability(each.actedShare),
              String(each.days),
            ],
          }))}
      />
    </Section>
  );
}

function groupTitle(by: KpiBy): string {
  switch (by) {
    case 'workload':
      return t('report.groups.workloads', 'Workloads');
    case 'account':
      return t('report.groups.accounts', 'Accounts');
    case 'tier':
      return t('report.groups.tiers', 'Tiers');
  }
}

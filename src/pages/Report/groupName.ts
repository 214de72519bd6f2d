import type { KpiBy } from '../../../contract/kpis.ts';
import { t } from '../../translations';

/** What figures are told by. */
export function groupName(by: KpiBy): string {
  switch (by) {
    case 'workload':
      return t('report.by.workload', 'Workload');
    case 'account':
      return t('report.by.account', 'Account');
    case 'tier':
      return t('report.by.tier', 'Tier');
  }
}

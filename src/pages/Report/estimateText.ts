import type { KpiEstimate } from '../../../contract/kpis.ts';
import { formatNumber } from '../../formatting/formatNumber';
import { t } from '../../translations';

/** An estimate with its interval, where there is one. */
export function estimateText(estimate: KpiEstimate | null, format: (value: number) => string): string {
  if (estimate === null) {
    return '–';
  }
  const { value, low, high } = estimate;
  return low === null || high === null
    ? format(value)
    : t('report.estimate', '{{value}} ({{low}} to {{high}})', {
        value: format(value),
        low: format(low),
        high: format(high),
      });
}

/** Hours, minutes and the like, to three digits. */
export function formatAmount(value: number): string {
  return formatNumber(value, {
    maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 1,
  });
}

import { t } from '../translations';
import type { FanPart } from './fan';

/** What a part of a fan is called in legends, tooltips and tables; a band by its width in per cent. */
export function partLabel(part: FanPart, percent?: number | null): string {
  switch (part) {
    case 'actual':
      return t('charts.part.actual', 'Measured');
    case 'median':
      return t('charts.part.median', 'Forecast (median)');
    case 'mean':
      return t('charts.part.mean', 'Forecast (mean)');
    case 'capacity':
      return t('charts.part.capacity', 'Capacity');
    case 'plan':
      return t('charts.part.plan', 'Plan');
    case 'bands':
      return percent === null || percent === undefined
        ? t('charts.part.bands', 'Forecast bands')
        : t('charts.part.band', '{{percent}}% band', { percent });
  }
}

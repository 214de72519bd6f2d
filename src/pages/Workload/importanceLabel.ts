import type { Importance } from '../../../contract/api.ts';
import { t } from '../../translations';

/** What a group of a forecast's inputs is called on the page; a covariate by its own name. */
export function importanceLabel({ name, kind }: Pick<Importance['groups'][number], 'name' | 'kind'>): string {
  const [word = '', window = ''] = name.split('_');
  switch (kind) {
    case 'rolling':
      return t('importance.level', 'Level of the last {{window}}', { window });
    case 'rate':
      return t('importance.rate', 'Change over the last {{window}}', { window });
    case 'decomposition':
      return word === 'seasonal' ? seasonLabel(window) : partLabel(name);
    case 'calendar':
      return t('importance.calendar', 'Time of day and week');
    case 'missing':
      return t('importance.missing', 'Gaps');
    case 'covariate':
      return name;
    case 'category':
      return categoryLabel(name);
  }
}

function seasonLabel(window: string): string {
  switch (window) {
    case '1d':
      return t('importance.daily', 'Daily season');
    case '1w':
      return t('importance.weekly', 'Weekly season');
    default:
      return t('importance.season', 'Season of {{window}}', { window });
  }
}

function partLabel(name: string): string {
  return name === 'trend' ? t('importance.trend', 'Trend') : t('importance.remainder', 'What is irregular');
}

function categoryLabel(name: string): string {
  switch (name) {
    case 'tier':
      return t('importance.tier', 'Tier');
    case 'industry':
      return t('importance.industry', 'Industry');
    case 'region':
      return t('importance.region', 'Region');
    default:
      return t('importance.size', 'Provisioned size');
  }
}

import { t } from '../../translations';

/** How much of the past a forecast learns from, and the step it is read at: about 2,000 points each. */
export const HISTORIES = [
  { value: '1d', seconds: 86_400, stepSeconds: 60 },
  { value: '7d', seconds: 604_800, stepSeconds: 300 },
  { value: '21d', seconds: 1_814_400, stepSeconds: 900 },
  { value: '90d', seconds: 7_776_000, stepSeconds: 3600 },
] as const;

/** How far ahead a forecast looks. */
export const HORIZONS = [
  { value: '6h', seconds: 21_600 },
  { value: '24h', seconds: 86_400 },
  { value: '7d', seconds: 604_800 },
] as const;

export type History = (typeof HISTORIES)[number];
export type Horizon = (typeof HORIZONS)[number];

export const DEFAULT_HISTORY: History = HISTORIES[2];
export const DEFAULT_HORIZON: Horizon = HORIZONS[1];

/** The words for a length of time that can be chosen. */
export function choiceLabel(value: History['value'] | Horizon['value']): string {
  switch (value) {
    case '6h':
      return t('forecast.choice.hours6', '6 hours');
    case '24h':
      return t('forecast.choice.hours24', '24 hours');
    case '1d':
      return t('forecast.choice.day', '1 day');
    case '7d':
      return t('forecast.choice.days7', '7 days');
    case '21d':
      return t('forecast.choice.days21', '21 days');
    case '90d':
      return t('forecast.choice.days90', '90 days');
  }
}

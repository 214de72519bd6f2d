import type { z } from 'zod';
import type { driftSchema } from '../../../contract/api.ts';
import { t } from '../../translations';

export type Drift = z.infer<typeof driftSchema>;

/** What a verdict on a series is called. */
export function driftName({ kind, isConfirmed }: Pick<Drift, 'kind' | 'isConfirmed'>): string {
  switch (kind) {
    case 'unknown':
      return t('drift.unknown', 'Not known yet');
    case 'steady':
      return t('drift.steady', 'Steady');
    case 'levelShift':
      return isConfirmed
        ? t('drift.levelShift', 'Another level')
        : t('drift.levelShiftPerhaps', 'Perhaps another level');
    case 'seasonChange':
      return t('drift.seasonChange', 'Another course of the day');
    case 'varianceChange':
      return t('drift.varianceChange', 'Another spread');
    case 'sensorFreeze':
      return t('drift.sensorFreeze', 'Frozen sensor');
    case 'growth':
      return t('drift.growth', 'Growth');
  }
}

/** Whether a series is no longer what its forecasts take it for. */
export function isDrifting({ kind }: Pick<Drift, 'kind'>): boolean {
  return kind !== 'steady' && kind !== 'unknown';
}

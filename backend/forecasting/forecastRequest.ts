import { HeadroomError } from '../errors/index.ts';
import type { PredictOptions } from './forecaster.ts';

/** The longest horizon, in steps. */
export const MAX_HORIZON = 20_000;

/** Throws FORECAST_HORIZON_INVALID unless `horizon` is a whole number from 1 to `MAX_HORIZON`. */
export function requireHorizon(horizon: number): void {
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > MAX_HORIZON) {
    throw new HeadroomError('FORECAST_HORIZON_INVALID', { horizon, limit: MAX_HORIZON });
  }
}

/** Throws FORECAST_LEVELS_INVALID unless the levels ascend within (0, 1). */
export function requireLevels(levels: readonly number[]): void {
  const isValid = levels.every((level, row) => level > (row === 0 ? 0 : levels[row - 1]!) && level < 1);
  if (!isValid || levels.length === 0) {
    throw new HeadroomError('FORECAST_LEVELS_INVALID', { levels: levels.length === 0 ? 'given' : levels.join(', ') });
  }
}

/** Throws unless horizon and levels are possible. */
export function requireOptions({ horizon, levels }: PredictOptions): void {
  requireHorizon(horizon);
  requireLevels(levels);
}

/** Throws FORECAST_SEASON_INVALID unless a season is a whole number of steps, 1 or more. */
export function requireSeason(seasonSteps: number): void {
  if (!Number.isInteger(seasonSteps) || seasonSteps < 1) {
    throw new HeadroomError('FORECAST_SEASON_INVALID', { season: seasonSteps });
  }
}

import type { Series } from '../../timeseries/index.ts';
import type { History } from '../history.ts';

/**
 * The covariates of a history as drivers on one grid: that of the target and `horizon` steps after it, NaN where they
 * are missing; a past covariate is missing over the horizon.
 */
export function alignedDrivers(
  { target, pastCovariates, knownCovariates }: History,
  which: 'known' | 'past' | 'all',
  horizon: number
): ReadonlyMap<string, Series> {
  const grid = { ...target.grid, length: target.values.length + horizon };
  const drivers = new Map<string, Series>();
  const add = (lanes: ReadonlyMap<string, Series> | undefined, end: number) => {
    for (const [name, series] of lanes ?? []) {
      const values = new Float64Array(grid.length).fill(Number.NaN);
      const shift = Math.round((series.grid.startSeconds - grid.startSeconds) / grid.stepSeconds);
      for (let i = Math.max(0, -shift); i < series.values.length && i + shift < end; i++) {
        const value = series.values[i]!;
        values[i + shift] = Number.isFinite(value) ? value : Number.NaN;
      }
      drivers.set(name, { grid, values });
    }
  };
  if (which !== 'known') {
    add(pastCovariates, target.values.length);
  }
  if (which !== 'past') {
    add(knownCovariates, grid.length);
  }
  return drivers;
}

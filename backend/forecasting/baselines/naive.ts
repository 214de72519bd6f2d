import type { LocalModel } from '../localModel.ts';
import { randomWalkForecast } from './randomWalkForecast.ts';
import { repeatSeason } from './seasonalNaive.ts';

/** The last value; normal quantiles whose deviation grows with the root of the lead. Source: Hyndman, FPP3, 5.2. */
export const naive: LocalModel = {
  name: 'naive',
  fit: () => ({
    predict: ({ target }, { horizon, levels }) =>
      target.values.length < 3
        ? randomWalkForecast(target.values, horizon, levels, [
            `${String(target.values.length)} measurements say little about how the series changes: wider quantiles`,
          ])
        : repeatSeason(target.values, 1, horizon, levels),
  }),
};

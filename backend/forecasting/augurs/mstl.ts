import type { LocalModel } from '../localModel.ts';
import { augursModule } from './augursModules.ts';
import { ets } from './ets.ts';
import { fromIntervals, INTERVAL_LEVEL } from './intervalForecast.ts';
import { preparedValues } from './preparedValues.ts';

const DAYS_IN_WEEK = 7;
const DAY = 86_400;

/**
 * Decomposition by loess into trend, seasons (a day and, where two are there, a week) and remainder, the trend carried
 * on by exponential smoothing: augurs' MSTL. Fitted anew at each forecast, on the last 4,000 steps.
 */
export const mstl: LocalModel = {
  name: 'mstl',
  fit(history, options) {
    const withoutSeason = ets.fit(history, options);
    return {
      async predict(known, { horizon, levels }) {
        const { seasonSteps } = options;
        const prepared = preparedValues(known.target.values, 2 * seasonSteps + 2);
        if (seasonSteps < 2 || prepared === undefined) {
          const raw = await (await withoutSeason).predict(known, { horizon, levels });
          return { ...raw, warnings: [...raw.warnings, 'mstl needs two seasons: exponential smoothing stands in'] };
        }
        const { values, unit } = prepared;
        const week = DAYS_IN_WEEK * seasonSteps;
        const isDay = seasonSteps * known.target.grid.stepSeconds === DAY;
        const periods = isDay && values.length >= 2 * week ? [seasonSteps, week] : [seasonSteps];
        using model = augursModule('mstl').MSTL.ets(periods);
        model.fit(values);
        return fromIntervals(model.predict(horizon, INTERVAL_LEVEL), unit, levels, []);
      },
    };
  },
};

import { randomWalkForecast } from '../baselines/randomWalkForecast.ts';
import type { LocalModel } from '../localModel.ts';
import { augursModule } from './augursModules.ts';
import { fromIntervals, INTERVAL_LEVEL } from './intervalForecast.ts';
import { preparedValues } from './preparedValues.ts';

const MIN_LENGTH = 10;

/**
 * Exponential smoothing with the error and trend that fit best (by corrected AIC), by augurs' AutoETS.
 *
 * It has no seasons (for those there is `mstl`), and the forecast says so. Fitted anew at each forecast, on the last
 * 4,000 steps.
 */
export const ets: LocalModel = {
  name: 'ets',
  fit: (_history, { seasonSteps }) => ({
    predict({ target }, { horizon, levels }) {
      const prepared = preparedValues(target.values, MIN_LENGTH);
      if (prepared === undefined) {
        return randomWalkForecast(target.values, horizon, levels, [
          'too few or equal measurements: the last value stands in',
        ]);
      }
      const { values, unit } = prepared;
      const warnings = seasonSteps > 1 ? [`ets leaves the season of ${String(seasonSteps)} steps out`] : [];
      const { AutoETS } = augursModule('ets');
      using model = new AutoETS(1, 'ZZN');
      model.fit(values);
      return fromIntervals(model.predict(horizon, INTERVAL_LEVEL), unit, levels, warnings);
    },
  }),
};

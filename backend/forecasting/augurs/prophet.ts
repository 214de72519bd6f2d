import { quantileSorted } from '../../statistics/index.ts';
import { randomWalkForecast } from '../baselines/randomWalkForecast.ts';
import type { LocalModel } from '../localModel.ts';
import { augursModule } from './augursModules.ts';
import { preparedValues } from './preparedValues.ts';

const DAY = 86_400;
const MIN_LENGTH = 10;
const MAX_POINTS = 2000;
const MAX_ORDER = 10;
const WEEK_ORDER = 3;
const DAYS_IN_WEEK = 7;

/**
 * Prophet: a piecewise linear trend and Fourier seasons (the given one and, of a day where two are there, a week),
 * fitted by Stan in WebAssembly through augurs. The quantiles are those of its errors in the history.
 *
 * Fitted anew at each forecast, on the last 4,000 steps in at most 2,000 means.
 */
export const prophet: LocalModel = {
  name: 'prophet',
  fit: (_history, { seasonSteps }) => ({
    async predict({ target }, { horizon, levels }) {
      const prepared = preparedValues(target.values, MIN_LENGTH);
      if (prepared === undefined) {
        return randomWalkForecast(target.values, horizon, levels, [
          'too few or equal measurements: the last value stands in',
        ]);
      }
      const { values, unit } = prepared;
      const { optimizer } = await import('@bsull/augurs-prophet-wasmstan');
      const { Prophet } = augursModule('prophet');
      const off = { type: 'manual', enabled: false } as const;
      using model = new Prophet({
        optimizer,
        uncertaintySamples: 0,
        yearlySeasonality: off,
        weeklySeasonality: off,
        dailySeasonality: off,
      });
      for (const [name, steps, order] of seasonsOf(seasonSteps, target.grid.stepSeconds, values.length)) {
        model.addSeasonality(name, { period: steps / DAY, fourierOrder: order });
      }
      const blocks = blockMeans(values, Math.ceil(values.length / MAX_POINTS));
      model.fit({ ds: blocks.times, y: blocks.means });
      const times = Array.from({ length: horizon }, (_, step) => values.length + step);
      const mean = Float64Array.from(model.predict({ ds: times }).yhat.point, (value) => value * unit);
      const fitted = model.predict({ ds: blocks.times }).yhat.point;
      const errors = Float64Array.from(blocks.means, (value, i) => (value - fitted[i]!) * unit).sort();
      const forecast = new Float64Array(levels.length * horizon);
      levels.forEach((level, row) => {
        const error = quantileSorted(errors, level);
        mean.forEach((value, step) => (forecast[row * horizon + step] = value + error));
      });
      return { values: forecast, mean, warnings: [] };
    },
  }),
};

/** Name, period and Fourier order of each season; a step counts as a second, so that any step length will do. */
function seasonsOf(seasonSteps: number, stepSeconds: number, length: number): Array<[string, number, number]> {
  if (seasonSteps < 2 || length < 2 * seasonSteps) {
    return [];
  }
  const week = DAYS_IN_WEEK * seasonSteps;
  const season: [string, number, number] = ['season', seasonSteps, Math.min(MAX_ORDER, Math.floor(seasonSteps / 2))];
  return seasonSteps * stepSeconds === DAY && length >= 2 * week ? [season, ['week', week, WEEK_ORDER]] : [season];
}

function blockMeans(values: Float64Array, size: number): { times: number[]; means: number[] } {
  const times: number[] = [];
  const means: number[] = [];
  for (let end = values.length; end - size >= 0; end -= size) {
    const block = values.subarray(end - size, end);
    times.push(Math.round(end - (size + 1) / 2));
    means.push(block.reduce((sum, value) => sum + value, 0) / size);
  }
  return { times: times.reverse(), means: means.reverse() };
}

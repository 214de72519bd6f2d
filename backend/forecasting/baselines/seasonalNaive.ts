import { formatDuration } from '../../timeseries/index.ts';
import { carriedForward } from '../carriedForward.ts';
import type { History } from '../history.ts';
import type { LocalModel, RawForecast } from '../localModel.ts';
import { normalForecast } from '../normalForecast.ts';
import { randomWalkForecast } from './randomWalkForecast.ts';

/**
 * Each step repeats the value one season before it; quantiles are normal around it with deviation
 * `s * sqrt(floor((step - 1) / season) + 1)`, `s` the root mean square of the past's seasonal differences.
 *
 * Missing values are filled with the last one, leading ones backwards. Source: `shared/data/README.md`, GIFT-Eval.
 */
export const seasonalNaive: LocalModel = {
  name: 'seasonal-naive',
  isAsPublished: true,
  fit(_history, { seasonSteps }) {
    return {
      predict: (history, { horizon, levels }) =>
        history.target.values.length < 2 * seasonSteps && seasonSteps > 1
          ? tooShort(history, seasonSteps, horizon, levels)
          : repeatSeason(history.target.values, seasonSteps, horizon, levels),
    };
  },
};

/** The forecast that repeats the last `season` of `values`, which hold at least one season and a step. */
export function repeatSeason(
  values: Float64Array,
  season: number,
  horizon: number,
  levels: readonly number[]
): RawForecast {
  const filled = carriedForward(values);
  const length = filled.length;
  let squares = 0;
  for (let t = season; t < length; t++) {
    squares += (filled[t]! - filled[t - season]!) ** 2;
  }
  const mean = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  const scale = Math.sqrt(squares / (length - season));
  for (let step = 0; step < horizon; step++) {
    mean[step] = filled[length - season + (step % season)]!;
    deviation[step] = scale * Math.sqrt(Math.floor(step / season) + 1);
  }
  return normalForecast(mean, deviation, levels);
}

function tooShort(history: History, season: number, horizon: number, levels: readonly number[]): RawForecast {
  const { grid } = history.target;
  return randomWalkForecast(history.target.values, horizon, levels, [
    `the history of ${formatDuration(grid.length * grid.stepSeconds)} is shorter than two seasons of ` +
      `${formatDuration(season * grid.stepSeconds)}: the last value stands in, with wider quantiles`,
  ]);
}

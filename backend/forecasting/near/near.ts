import { randomWalkForecast } from '../baselines/randomWalkForecast.ts';
import type { LocalModel } from '../localModel.ts';
import { nearLearner } from './nearLearner.ts';

const FIT_CYCLES = 15;
const FIT_HORIZONS = 20;

/**
 * The next minutes: a regression for each lead on what the last minutes, hours and days say, learnt row by row with
 * several rates of forgetting that are mixed by their recent errors, and a spread that depends on the moment.
 *
 * A fit reads the last fifteen cycles; `nearLearner` goes on from there without a fit.
 */
export const near: LocalModel = {
  name: 'near',
  fit({ target }, { seasonSteps, horizon }) {
    const cycle = seasonSteps > 1 ? seasonSteps : Math.round(86_400 / target.grid.stepSeconds);
    const read = Math.max(FIT_CYCLES * cycle, FIT_HORIZONS * horizon, 2000);
    const skipped = Math.max(0, target.values.length - read);
    const { startSeconds, stepSeconds } = target.grid;
    const learner = nearLearner(
      {
        grid: {
          startSeconds: startSeconds + skipped * stepSeconds,
          stepSeconds,
          length: target.values.length - skipped,
        },
        values: target.values.subarray(skipped),
      },
      { seasonSteps, horizon }
    );
    return {
      predict: (known, options) =>
        learner.predict(known.target, options) ??
        randomWalkForecast(known.target.values, options.horizon, options.levels, [
          'too few measurements to learn from: the last value stands in, with wider quantiles',
        ]),
    };
  },
};

import { gridEnd, lastObservedSeconds, seriesUntil, type Series } from '../../timeseries/index.ts';
import { randomWalkForecast } from '../baselines/randomWalkForecast.ts';
import type { Forecaster } from '../forecaster.ts';
import { guardedForecaster } from '../guardedForecaster.ts';
import type { LocalModel } from '../localModel.ts';
import { nearLearner } from './nearLearner.ts';

/**
 * `near` for a loop: its predictor goes on learning, so that a turn costs a row and not a fit.
 *
 * Before it forecasts it takes in the rows after those it knows, up to the last measurement: what is missing at the end
 * may still come. It learns anew from the history where it holds twice as many rows as that has, where the history goes
 * back behind what it knows (a clock that was set back), and where there is a hole as long as the history between them.
 */
export function onlineNear(): Forecaster {
  return guardedForecaster(model);
}

const model: LocalModel = {
  name: 'near',
  fit({ target }, { seasonSteps, horizon }) {
    const learnFrom = (history: Series) => ({
      learner: nearLearner(measuredPart(history), { seasonSteps, horizon }),
      startSeconds: history.grid.startSeconds,
      endSeconds: gridEnd(measuredPart(history).grid),
    });
    let learnt = learnFrom(target);
    return {
      predict(known, options) {
        const fresh = measuredPart(known.target);
        const endSeconds = gridEnd(fresh.grid);
        const { stepSeconds, length } = known.target.grid;
        const rows = (endSeconds - learnt.startSeconds) / stepSeconds;
        const isFar = known.target.grid.startSeconds > learnt.endSeconds + stepSeconds;
        if (rows > 2 * length || isFar || gridEnd(known.target.grid) < learnt.endSeconds) {
          learnt = learnFrom(known.target);
        } else if (endSeconds > learnt.endSeconds) {
          learnt.learner.learn(fresh);
          learnt.endSeconds = endSeconds;
        }
        return (
          learnt.learner.predict(known.target, options) ??
          randomWalkForecast(known.target.values, options.horizon, options.levels, [
            'too few measurements to learn from: the last value stands in, with wider quantiles',
          ])
        );
      },
    };
  },
};

function measuredPart(series: Series): Series {
  const last = lastObservedSeconds(series);
  return last === undefined ? series : seriesUntil(series, last);
}

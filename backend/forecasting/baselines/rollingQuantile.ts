import { quantileSorted, sortedObserved } from '../../statistics/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { LocalModel, RawForecast } from '../localModel.ts';

const DAY = 86_400;
const MIN_MEASUREMENTS = 10;

/** The quantiles of the last season (without one, of the last day), the same for every lead. */
export const rollingQuantile: LocalModel = {
  name: 'rolling-quantile',
  fit: (_history, { seasonSteps }) => ({
    predict: ({ target }, { horizon, levels }) =>
      recentQuantiles(target, seasonSteps > 1 ? seasonSteps : daySteps(target), horizon, levels),
  }),
};

/**
 * The quantiles of the last `window` steps, or of twice, four times ... as many where fewer than ten are measured.
 *
 * Always finite where one value is measured and all are of a size whose differences are finite.
 */
export function recentQuantiles(
  target: Series,
  window: number,
  horizon: number,
  levels: readonly number[]
): RawForecast {
  const { values } = target;
  let sorted = sortedObserved(values.subarray(-window));
  for (let wider = 2 * window; sorted.length < MIN_MEASUREMENTS && wider < 4 * values.length; wider *= 2) {
    sorted = sortedObserved(values.subarray(-wider));
  }
  const steps = new Float64Array(levels.length * horizon);
  levels.forEach((level, row) => steps.fill(quantileSorted(sorted, level), row * horizon, (row + 1) * horizon));
  const sum = sorted.reduce((total, value) => total + value / sorted.length, 0);
  return { values: steps, mean: new Float64Array(horizon).fill(sum), warnings: [] };
}

function daySteps({ grid }: Series): number {
  return Math.max(MIN_MEASUREMENTS, Math.round(DAY / grid.stepSeconds));
}

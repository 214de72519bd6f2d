import type { LocalModel, RawForecast } from '../../backend/forecasting/localModel.ts';
import { quantileSorted, sortedObserved } from '../../backend/statistics/index.ts';

const MIN_MEASUREMENTS = 3;

/**
 * Each step by the quantiles of what was measured at its phase in all past seasons; by those of the whole past where
 * fewer than three were, or where there is no season.
 */
export const median: LocalModel = {
  name: 'median',
  fit: (_history, { seasonSteps }) => ({
    predict({ target: { values: past } }, { horizon, levels }): RawForecast {
      const whole = sortedObserved(past);
      const values = new Float64Array(levels.length * horizon);
      const mean = new Float64Array(horizon);
      for (let step = 0; step < horizon; step++) {
        const samePhase = sortedObserved(valuesAtPhase(past, step, seasonSteps));
        const sorted = seasonSteps > 1 && samePhase.length >= MIN_MEASUREMENTS ? samePhase : whole;
        mean[step] = sorted.reduce((sum, value) => sum + value / sorted.length, 0);
        levels.forEach((level, row) => {
          values[row * horizon + step] = quantileSorted(sorted, level);
        });
      }
      return { values, mean, warnings: [] };
    },
  }),
};

/** The past values whole seasons before the instant `step` steps after its end, missing ones as NaN. */
function valuesAtPhase(past: Float64Array, step: number, seasonSteps: number): Float64Array {
  const nearest = past.length + step - seasonSteps * (Math.floor(step / seasonSteps) + 1);
  const count = nearest < 0 ? 0 : Math.floor(nearest / seasonSteps) + 1;
  return Float64Array.from({ length: count }, (_, season) => past[nearest - season * seasonSteps]!);
}

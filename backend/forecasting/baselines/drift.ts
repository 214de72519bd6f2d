import { carriedForward } from '../carriedForward.ts';
import type { LocalModel } from '../localModel.ts';
import { normalForecast } from '../normalForecast.ts';
import { randomWalkForecast } from './randomWalkForecast.ts';

/**
 * The line through the first and the last measurement, drawn on; normal quantiles of a random walk with drift.
 *
 * Source: Hyndman, FPP3, 5.2 and 5.5.
 */
export const drift: LocalModel = {
  name: 'drift',
  fit: () => ({
    predict({ target }, { horizon, levels }) {
      const { values } = target;
      const first = values.findIndex((value) => !Number.isNaN(value));
      const filled = carriedForward(values.subarray(first));
      const steps = filled.length - 1;
      if (steps < 2) {
        return randomWalkForecast(values, horizon, levels, [
          'too few measurements for a drift: the last value stands in',
        ]);
      }
      const last = filled[steps]!;
      const slope = (last - filled[0]!) / steps;
      let squares = 0;
      for (let t = 1; t <= steps; t++) {
        squares += (filled[t]! - filled[t - 1]! - slope) ** 2;
      }
      const variance = squares / (steps - 1);
      const mean = Float64Array.from({ length: horizon }, (_, step) => last + slope * (step + 1));
      const deviation = mean.map((_, step) => Math.sqrt(variance * (step + 1) * (1 + (step + 1) / steps)));
      return normalForecast(mean, deviation, levels);
    },
  }),
};

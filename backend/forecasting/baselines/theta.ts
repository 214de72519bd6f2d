import { carriedForward } from '../carriedForward.ts';
import type { LocalModel } from '../localModel.ts';
import { normalForecast } from '../normalForecast.ts';
import { randomWalkForecast } from './randomWalkForecast.ts';

const MIN_LENGTH = 4;
const SMOOTHING_GRID = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/**
 * The theta method: simple exponential smoothing plus half of the linear trend, of the series without its season,
 * which is added again (mean deviations by phase, where two seasons are there).
 *
 * Source: Assimakopoulos and Nikolopoulos (2000) in the form of Hyndman and Billah (2003).
 */
export const theta: LocalModel = {
  name: 'theta',
  fit(history, { seasonSteps }) {
    const past = adjustedValues(history.target.values, seasonSteps);
    const smoothing = past.adjusted.length < MIN_LENGTH ? 1 : bestSmoothing(past.adjusted);
    return {
      predict({ target }, { horizon, levels }) {
        const { adjusted, season } = adjustedValues(target.values, seasonSteps);
        const length = adjusted.length;
        if (length < MIN_LENGTH) {
          return randomWalkForecast(target.values, horizon, levels, [
            'too few measurements for theta: the last value stands in',
          ]);
        }
        const slope = linearSlope(adjusted);
        const { level, variance } = smoothed(adjusted, smoothing);
        const start = (1 - (1 - smoothing) ** length) / smoothing;
        const mean = Float64Array.from(
          { length: horizon },
          (_, step) => level + (slope / 2) * (step + start) + season[(length + step) % season.length]!
        );
        const deviation = mean.map((_, step) => Math.sqrt(variance * (1 + step * smoothing ** 2)));
        const warnings =
          seasonSteps > season.length ? ['the history is shorter than two seasons: theta goes without a season'] : [];
        return normalForecast(mean, deviation, levels, warnings);
      },
    };
  },
};

/** The values from the first measured one on, without gaps and less their season, and that season by phase. */
function adjustedValues(
  measured: Float64Array,
  seasonSteps: number
): { readonly adjusted: Float64Array; readonly season: Float64Array } {
  const first = measured.findIndex((value) => !Number.isNaN(value));
  const values = carriedForward(measured.subarray(first));
  const isSeasonal = seasonSteps > 1 && values.length >= 2 * seasonSteps;
  const season = isSeasonal ? seasonalMeans(values, seasonSteps) : Float64Array.of(0);
  return { adjusted: values.map((value, t) => value - season[t % season.length]!), season };
}

function seasonalMeans(values: Float64Array, season: number): Float64Array {
  const cycles = Math.floor(values.length / season);
  const start = values.length - cycles * season;
  const means = new Float64Array(season);
  let total = 0;
  for (let t = start; t < values.length; t++) {
    means[t % season]! += values[t]! / cycles;
    total += values[t]! / (cycles * season);
  }
  return means.map((mean) => mean - total);
}

function linearSlope(values: Float64Array): number {
  const center = (values.length - 1) / 2;
  let product = 0;
  let squares = 0;
  values.forEach((value, t) => {
    product += (t - center) * value;
    squares += (t - center) ** 2;
  });
  return product / squares;
}

function bestSmoothing(values: Float64Array): number {
  let best = { smoothing: 1, variance: Number.POSITIVE_INFINITY };
  for (const smoothing of SMOOTHING_GRID) {
    const { variance } = smoothed(values, smoothing);
    if (variance < best.variance) {
      best = { smoothing, variance };
    }
  }
  return best.smoothing;
}

/** The last level of simple exponential smoothing, and the mean square of its one-step errors. */
function smoothed(values: Float64Array, smoothing: number): { readonly level: number; readonly variance: number } {
  let level = values[0]!;
  let squares = 0;
  for (let t = 1; t < values.length; t++) {
    const error = values[t]! - level;
    squares += error * error;
    level += smoothing * error;
  }
  return { level, variance: squares / (values.length - 1) };
}

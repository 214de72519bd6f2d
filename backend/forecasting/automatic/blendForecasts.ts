import { knotsAround } from '../cycles/leadKnots.ts';
import type { RawForecast } from '../localModel.ts';

/** The weights of the candidates at each of some leads; between the leads they change linearly. */
export interface BlendWeights {
  readonly leads: readonly number[];
  /** `[zone][candidate]`. */
  readonly weights: readonly Float64Array[];
}

/**
 * The forecasts' quantiles averaged with the weights of each lead; the others share the weight of those that are
 * `undefined`. All have the same levels and steps. Throws where there is none with a weight.
 */
export function blendForecasts(
  forecasts: ReadonlyArray<RawForecast | undefined>,
  { leads, weights }: BlendWeights
): RawForecast {
  const first = forecasts.find((forecast) => forecast !== undefined);
  if (first === undefined) {
    throw new Error('none of the candidates could forecast');
  }
  const steps = first.mean.length;
  const values = new Float64Array(first.values.length);
  const mean = new Float64Array(steps);
  for (let step = 0; step < steps; step++) {
    const { left, right, share } = knotsAround(leads, step + 1);
    let total = 0;
    for (const [candidate, forecast] of forecasts.entries()) {
      const weight = (1 - share) * weights[left]![candidate]! + share * weights[right]![candidate]!;
      if (forecast !== undefined && weight > 0) {
        total += weight;
        mean[step]! += weight * forecast.mean[step]!;
        for (let cell = step; cell < values.length; cell += steps) {
          values[cell]! += weight * forecast.values[cell]!;
        }
      }
    }
    mean[step]! /= total;
    for (let cell = step; cell < values.length; cell += steps) {
      values[cell]! /= total;
    }
  }
  return { values, mean, warnings: [] };
}

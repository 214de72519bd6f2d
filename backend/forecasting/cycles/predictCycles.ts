import { normalQuantile, weightedSampleQuantile } from '../../statistics/index.ts';
import type { PredictOptions } from '../forecaster.ts';
import type { RawForecast } from '../localModel.ts';
import { expectedError, phaseSpread } from './errorScale.ts';
import { askExperts, expertCount, type Outset } from './experts.ts';
import type { CyclesFit, KnotModel } from './fitCycles.ts';
import { knotsAround } from './leadKnots.ts';
import { runningSums } from './runningSums.ts';
import { blendOpinions } from './stackWeights.ts';

/**
 * The blend of the experts at each lead, with the quantiles of its past errors around it.
 *
 * A history that ends in a gap is forecast as from its last measurement: with the errors of the longer lead.
 */
export function predictCycles(
  fit: CyclesFit,
  values: Float64Array,
  { horizon, levels }: PredictOptions,
  widening: number
): RawForecast {
  const sums = runningSums(values);
  const outset: Outset = { sums, plan: fit.plan, origin: values.length };
  const gap = trailingGap(values);
  const quantiles = fit.knots.map((knot) => errorQuantiles(knot, levels, widening));
  const meanErrors = fit.knots.map((knot) => meanOf(knot));
  const leads = fit.knots.map((knot) => knot.lead);
  const opinions = new Float64Array(expertCount(fit.plan));
  const forecast = new Float64Array(levels.length * horizon);
  const mean = new Float64Array(horizon);
  for (let step = 0; step < horizon; step++) {
    const { left, right, share } = knotsAround(leads, step + 1 + gap);
    askExperts(outset, step, opinions);
    const spread = phaseSpread(outset, step);
    for (const [index, part] of [
      [left, 1 - share],
      [right, share],
    ] as const) {
      if (part === 0) {
        continue;
      }
      const knot = fit.knots[index]!;
      const blend = blendOpinions(knot.weights, opinions);
      const size = expectedError(knot.scale, blend, spread, knot.usual);
      mean[step]! += part * (blend + size * meanErrors[index]!);
      for (let row = 0; row < levels.length; row++) {
        forecast[row * horizon + step]! += part * (blend + size * quantiles[index]![row]!);
      }
    }
  }
  return { values: forecast, mean, warnings: [] };
}

/** The quantiles of the errors, drawn away from their median as a t distribution is wider than a normal one. */
function errorQuantiles(knot: KnotModel, levels: readonly number[], widening: number): Float64Array {
  const median = weightedSampleQuantile(knot.errors, 0.5);
  return Float64Array.from(levels, (level) => {
    const student = 1 + (normalQuantile(level) ** 2 + 1) / (4 * knot.independentErrors);
    return median + widening * student * (weightedSampleQuantile(knot.errors, level) - median);
  });
}

function meanOf({ errors }: KnotModel): number {
  let sum = 0;
  let below = 0;
  errors.values.forEach((value, index) => {
    const weight = 2 * (errors.middles[index]! - below);
    sum += weight * value;
    below += weight;
  });
  return sum;
}

function trailingGap(values: Float64Array): number {
  let gap = 0;
  while (gap < values.length && Number.isNaN(values[values.length - 1 - gap])) {
    gap++;
  }
  return gap;
}

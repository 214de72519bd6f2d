import type { PredictOptions } from '../forecaster.ts';
import { knotsAround } from '../cycles/leadKnots.ts';
import type { RawForecast } from '../localModel.ts';
import { emptyNearFeatures, readNearFeatures } from './nearFeatures.ts';
import { ERROR_FEATURES, type NearKnot } from './nearKnot.ts';
import type { NearPlan } from './nearPlan.ts';
import type { NearRows } from './nearRows.ts';

/** A knot that learnt from fewer says nothing. */
export const MIN_SAMPLES = 20;
const MEAN_LEVELS = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];
const MOST_ABOVE = 2;

/** The last measured row, and the scale its rows are in. */
export interface NearOutset {
  readonly rows: NearRows;
  readonly plan: NearPlan;
  readonly unit: number;
  /** The last row's number in the count of the day's steps. */
  readonly clock: number;
  /** Its number in the count of the learner's rows. */
  readonly row: number;
}

/**
 * The forecast from the last row, which is `gap` steps older than the cutoff; undefined where nothing was learnt.
 *
 * Beyond the longest lead that was learnt the errors grow as those of a random walk.
 */
export function predictNear(
  learnt: readonly NearKnot[],
  { rows, plan, unit, clock, row }: NearOutset,
  gap: number,
  { horizon, levels }: PredictOptions
): RawForecast | undefined {
  const knots = learnt.filter((knot) => knot.samples >= MIN_SAMPLES);
  if (knots.length === 0) {
    return undefined;
  }
  const leads = knots.map((knot) => knot.lead);
  const asked = [...levels, ...MEAN_LEVELS];
  const quantiles = knots.map((knot) => asked.map((level) => knot.errors.quantile(level)));
  const features = emptyNearFeatures(ERROR_FEATURES);
  const origin = rows.length - 1;
  let least = Infinity;
  let largest = -Infinity;
  for (let at = 0; at <= origin; at++) {
    least = Math.min(least, rows.at(at));
    largest = Math.max(largest, rows.at(at));
  }
  const values = new Float64Array(levels.length * horizon);
  const mean = new Float64Array(horizon);
  const scaled = new Float64Array(asked.length);
  for (let step = 0; step < horizon; step++) {
    const lead = step + 1 + gap;
    const { left, right, share } = knotsAround(leads, lead);
    readNearFeatures(rows, plan, origin, lead, clock, features);
    const widening = Math.sqrt(Math.max(1, lead / leads.at(-1)!));
    scaled.fill(0);
    for (const [index, part] of [
      [left, 1 - share],
      [right, share],
    ] as const) {
      if (part > 0) {
        const { change, size } = knots[index]!.say(features, row);
        for (let i = 0; i < asked.length; i++) {
          scaled[i]! += part * (features.level + change + widening * size * quantiles[index]![i]!);
        }
      }
    }
    for (let i = 0; i < asked.length; i++) {
      const value = unit * Math.sinh(Math.max(least - MOST_ABOVE, Math.min(largest + MOST_ABOVE, scaled[i]!)));
      if (i < levels.length) {
        values[i * horizon + step] = value;
      } else {
        mean[step]! += value / MEAN_LEVELS.length;
      }
    }
  }
  return { values, mean, warnings: [] };
}

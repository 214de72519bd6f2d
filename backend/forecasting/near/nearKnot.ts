import { decayedRidge } from './decayedRidge.ts';
import { LOCATION_FEATURES, SCALE_FEATURES, type NearFeatures } from './nearFeatures.ts';
import { residualHistogram, type ResidualHistogram } from './residualHistogram.ts';

const HALF_LIVES_DAYS = [0.5, 1, 4, 20];
const SCALE_HALF_LIFE_DAYS = 4;
const ERRORS_HALF_LIFE_DAYS = 1.5;
const TRUST_HALF_LIFE_DAYS = 1;
const LEAST_SIZE = 1e-3;
const LARGEST_LOG_SIZE = 5;

/** A size learnt in an idle time is not believed when the last hour was far more restless than that. */
const LEAST_LOG_SHARE_OF_VOLATILITY = Math.log(0.05);

/** Where the change lies and how large its error is, in the scale of the rows. */
export interface Location {
  change: number;
  size: number;
}

/** What is learnt for one lead: regressions that forget at several rates, and how their mixture has erred. */
export interface NearKnot {
  readonly lead: number;
  readonly errors: ResidualHistogram;
  /** Samples learnt from. */
  readonly samples: number;
  say(features: NearFeatures): Location;
  /** Takes in what followed the features: the change from their level. */
  learn(features: NearFeatures, change: number): void;
  /** Forgets `days` and solves the regressions anew. */
  refit(days: number): void;
}

/** A knot that says the level goes on, or changes as usual, until it has learnt better. */
export function nearKnot(lead: number): NearKnot {
  const fresh = decayedRidge(LOCATION_FEATURES);
  const memories = HALF_LIVES_DAYS.map(() => decayedRidge(LOCATION_FEATURES));
  const coefficients = HALF_LIVES_DAYS.map(() => new Float64Array(LOCATION_FEATURES));
  const sizes = decayedRidge(SCALE_FEATURES);
  const sizeCoefficients = new Float64Array(SCALE_FEATURES);
  const errors = residualHistogram();
  const opinions = new Float64Array(HALF_LIVES_DAYS.length + 2);
  const losses = new Float64Array(opinions.length);
  let isSolved = false;
  let samples = 0;
  const say = (features: NearFeatures): Location => {
    opinions[0] = 0;
    opinions[1] = features.usualChange;
    coefficients.forEach((row, index) => (opinions[index + 2] = product(row, features.location)));
    let least = Infinity;
    for (let i = 0; i < (isSolved ? losses.length : 2); i++) {
      least = Math.min(least, losses[i]!);
    }
    let change = 0;
    let total = 0;
    for (let i = 0; i < (isSolved ? losses.length : 2); i++) {
      const weight = Math.exp(least - losses[i]!);
      change += weight * opinions[i]!;
      total += weight;
    }
    const logSize = isSolved
      ? product(sizeCoefficients, features.scale)
      : Math.log(LEAST_SIZE) / 4 + 0.75 * features.scale[2]!;
    const leastLogSize = Math.max(Math.log(LEAST_SIZE), LEAST_LOG_SHARE_OF_VOLATILITY + features.scale[2]!);
    return {
      change: change / total,
      size: Math.exp(Math.max(leastLogSize, Math.min(LARGEST_LOG_SIZE, logSize))),
    };
  };
  return {
    lead,
    errors,
    get samples() {
      return samples;
    },
    say,
    learn(features, change) {
      const said = say(features);
      const error = change - said.change;
      if (isSolved) {
        errors.learn(error / said.size);
        for (let i = 0; i < losses.length; i++) {
          losses[i]! += Math.abs(change - opinions[i]!) / said.size / Math.sqrt(lead);
        }
      }
      sizes.learn(features.scale, Math.log(LEAST_SIZE + Math.abs(error)));
      fresh.learn(features.location, change);
      samples++;
    },
    refit(days) {
      memories.forEach((memory, index) => {
        memory.decay(0.5 ** (days / HALF_LIVES_DAYS[index]!));
        memory.add(fresh);
        memory.solve(coefficients[index]!);
      });
      fresh.clear();
      sizes.solve(sizeCoefficients);
      sizes.decay(0.5 ** (days / SCALE_HALF_LIFE_DAYS));
      errors.decay(0.5 ** (days / ERRORS_HALF_LIFE_DAYS));
      for (let i = 0; i < losses.length; i++) {
        losses[i]! *= 0.5 ** (days / TRUST_HALF_LIFE_DAYS);
      }
      isSolved = samples > 0;
    },
  };
}

function product(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) {
    sum += left[i]! * right[i]!;
  }
  return sum;
}

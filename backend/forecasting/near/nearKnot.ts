import { decayedRidge } from './decayedRidge.ts';
import { LOCATION_FEATURES, SCALE_FEATURES, type NearFeatures } from './nearFeatures.ts';
import { LATE_ROWS } from './nearPlan.ts';
import type { NearTail } from './nearTail.ts';
import { pastErrors } from './pastErrors.ts';
import { residualHistogram, type ResidualHistogram } from './residualHistogram.ts';

const HALF_LIVES_DAYS = [0.5, 1, 4, 20];
const PRIOR_SAMPLES = [20, 500];
const SCALE_PRIOR_SAMPLES = 20;
const SCALE_HALF_LIFE_DAYS = 4;
const ERRORS_HALF_LIFE_DAYS = 4;
/** Large errors are few, so what is known of how large they get is kept for long. */
const TAIL_HALF_LIFE_DAYS = 28;
const TRUST_HALF_LIFE_DAYS = 1;
const LEAST_SIZE = 1e-3;
const LARGEST_LOG_SIZE = 5;

/** Errors beyond so many sizes pull no harder on the regression. */
const PULL_LIMIT = 3;

/** How fast the better opinions win; slow, since those that are nearly as good are better together. */
const TRUST_RATE = 0.1;

/** A size learnt in an idle time is not believed when the last hour was far more restless than that. */
const LEAST_LOG_SHARE_OF_VOLATILITY = Math.log(0.05);

/** How many sizes of its own past errors a knot looks at. */
export const ERROR_FEATURES = 3;

/** Where the change lies and how large its error is, in the scale of the rows. */
export interface Location {
  change: number;
  size: number;
}

/** What is learnt for one lead: regressions that forget at several rates, and how their mixture has erred. */
export interface NearKnot {
  readonly lead: number;
  readonly errors: ResidualHistogram;
  /** The same with a longer memory, for how large a large error gets. */
  readonly largeErrors: ResidualHistogram;
  /** Absent where only the usual error is asked for. */
  readonly tail: NearTail | undefined;
  /** Samples learnt from. */
  readonly samples: number;
  /** `origin` is the row of the features, counted as `learn` and `pass` count. */
  say(features: NearFeatures, origin: number): Location;
  /** Takes in what followed the features, the change from their level, at the next row. */
  learn(features: NearFeatures, origin: number, change: number): void;
  /** Goes on by a row that nothing is learnt from. */
  pass(): void;
  /** Forgets `days` and solves the regressions anew. */
  refit(days: number): void;
}

/** A knot that says the level goes on, or changes as usual, until it has learnt better; `windows` of error sizes, in rows. */
export function nearKnot(lead: number, windows: readonly number[], tail?: NearTail): NearKnot {
  const fresh = decayedRidge(LOCATION_FEATURES);
  const memories = HALF_LIVES_DAYS.map(() => decayedRidge(LOCATION_FEATURES));
  const regressions = HALF_LIVES_DAYS.flatMap((_, memory) =>
    PRIOR_SAMPLES.map((prior) => ({ memory, prior, coefficients: new Float64Array(LOCATION_FEATURES) }))
  );
  const sizes = decayedRidge(SCALE_FEATURES + ERROR_FEATURES);
  const sizeCoefficients = new Float64Array(SCALE_FEATURES + ERROR_FEATURES);
  const errors = residualHistogram();
  const largeErrors = residualHistogram();
  const past = pastErrors(lead + Math.max(...windows) + LATE_ROWS);
  const SIMPLE = 6;
  const opinions = new Float64Array(SIMPLE + regressions.length);
  const losses = new Float64Array(opinions.length);
  let isSolved = false;
  let samples = 0;
  const say = (features: NearFeatures, origin: number): Location => {
    const { location, scale, means, usualChange } = features;
    opinions[0] = 0;
    opinions[1] = usualChange;
    opinions[2] = means[0]!;
    opinions[3] = means[0]! + usualChange;
    opinions[4] = means[1]!;
    opinions[5] = means[1]! + usualChange;
    for (let i = 0; i < regressions.length; i++) {
      opinions[SIMPLE + i] = product(regressions[i]!.coefficients, location);
    }
    for (let i = 0; i < ERROR_FEATURES; i++) {
      scale[SCALE_FEATURES + i] = Math.log(LEAST_SIZE + past.size(origin, windows[i]!));
    }
    const count = isSolved ? losses.length : SIMPLE;
    let least = Infinity;
    for (let i = 0; i < count; i++) {
      least = Math.min(least, losses[i]!);
    }
    let change = 0;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const weight = Math.exp(TRUST_RATE * (least - losses[i]!));
      change += weight * opinions[i]!;
      total += weight;
    }
    const logSize = isSolved ? product(sizeCoefficients, scale) : Math.log(LEAST_SIZE) / 4 + 0.75 * scale[2]!;
    const leastLogSize = Math.max(Math.log(LEAST_SIZE), LEAST_LOG_SHARE_OF_VOLATILITY + scale[2]!);
    return {
      change: change / total,
      size: Math.exp(Math.max(leastLogSize, Math.min(LARGEST_LOG_SIZE, logSize))),
    };
  };
  return {
    lead,
    errors,
    largeErrors,
    tail,
    get samples() {
      return samples;
    },
    say,
    learn(features, origin, change) {
      const said = say(features, origin);
      const error = change - said.change;
      const distance = Math.abs(error);
      if (isSolved) {
        errors.learn(error / said.size);
        largeErrors.learn(error / said.size);
        tail?.learn(origin, said.size, error / said.size);
      } else {
        tail?.pass();
      }
      for (let i = 0; i < losses.length; i++) {
        losses[i]! += Math.abs(change - opinions[i]!) / said.size / Math.sqrt(lead);
      }
      sizes.learn(features.scale, Math.log(LEAST_SIZE + distance));
      fresh.learn(features.location, change, isSolved ? Math.min(1, (PULL_LIMIT * said.size) / distance) : 1);
      past.add(error);
      samples++;
    },
    pass() {
      past.add(undefined);
      tail?.pass();
    },
    refit(days) {
      memories.forEach((memory, index) => {
        memory.decay(0.5 ** (days / HALF_LIVES_DAYS[index]!));
        memory.add(fresh);
      });
      for (const { memory, prior, coefficients } of regressions) {
        memories[memory]!.solve(coefficients, prior);
      }
      fresh.clear();
      sizes.solve(sizeCoefficients, SCALE_PRIOR_SAMPLES);
      sizes.decay(0.5 ** (days / SCALE_HALF_LIFE_DAYS));
      tail?.refit(days);
      errors.decay(0.5 ** (days / ERRORS_HALF_LIFE_DAYS));
      largeErrors.decay(0.5 ** (days / TAIL_HALF_LIFE_DAYS));
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

import { solveSymmetric } from './solveSymmetric.ts';

/** So much shrinks each coefficient towards 0, in the unit of the excesses. */
const PRIOR = 40;
const LEAST = 0.05;
const LARGEST_LOG_FACTOR = Math.log(8);
const LARGEST_LOG = 3;

/** How much more excess than usual a moment brings: a log-linear rate, learnt row by row. */
export interface ExcessRate {
  /** The usual excess of a row. */
  usual(): number;
  /** How many times the usual is expected, an eighth to eight. */
  factor(features: Float64Array): number;
  learn(features: Float64Array, excess: number): void;
  /** Forgets: all that is known so far counts `factor` as much. */
  decay(factor: number): void;
}

/**
 * A rate on `size` features, the first of them constant; it says "as usual" until it has learnt better.
 *
 * Each row moves the coefficients by one Newton step on the Poisson likelihood, with the curvature of the rows before.
 */
export function excessRate(size: number): ExcessRate {
  const width = size + 1;
  const curvature = new Float64Array(size * width);
  const coefficients = new Float64Array(size);
  const step = new Float64Array(size);
  let total = 0;
  let rows = 0;
  const usual = (): number => (total + LEAST) / (rows + 1);
  const logFactor = (features: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      sum += coefficients[i]! * features[i]!;
    }
    return sum;
  };
  return {
    usual,
    factor: (features) => Math.exp(Math.max(-LARGEST_LOG_FACTOR, Math.min(LARGEST_LOG_FACTOR, logFactor(features)))),
    learn(features, excess) {
      total += excess;
      rows++;
      const expected = usual() * Math.exp(Math.max(-LARGEST_LOG, Math.min(LARGEST_LOG, logFactor(features))));
      for (let row = 0; row < size; row++) {
        const weighted = features[row]! * expected;
        for (let column = 0; column <= row; column++) {
          curvature[row * width + column]! += weighted * features[column]!;
        }
        curvature[row * width + size] = features[row]! * (excess - expected);
      }
      step.fill(0);
      solveSymmetric(curvature, size, () => PRIOR, step);
      for (let i = 0; i < size; i++) {
        coefficients[i]! += step[i]!;
      }
    },
    decay(factor) {
      total *= factor;
      rows *= factor;
      for (let i = 0; i < curvature.length; i++) {
        curvature[i]! *= factor;
      }
    },
  };
}

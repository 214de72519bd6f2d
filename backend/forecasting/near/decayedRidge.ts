import { solveSymmetric } from './solveSymmetric.ts';

const PENALTY_SHARE = 1e-3;
const PENALTY_SAMPLES = 2;
const CONSTANT_SHARE = 0.01;

/** Running sums of a least-squares regression, at one rate of forgetting. */
export interface DecayedRidge {
  /** How many samples the remembered ones are worth. */
  samples: number;
  /** Forgets: everything known so far counts `factor` as much. */
  decay(factor: number): void;
  /** Adds another one's sums. */
  add(other: DecayedRidge): void;
  learn(features: Float64Array, truth: number, weight?: number): void;
  clear(): void;
  /**
   * The coefficients, written to `into`; left as they were where the system has no solution. Each is shrunk towards 0 as
   * by `priorSamples` samples that say it is 0, but for the first one, the constant; without them all alike and little.
   */
  solve(into: Float64Array, priorSamples?: number): void;
  /** `[size][size + 1]`: products of features, and in the last column with the truth. */
  readonly products: Float64Array;
}

/** A regression on `size` features that has seen nothing. */
export function decayedRidge(size: number): DecayedRidge {
  const width = size + 1;
  const products = new Float64Array(size * width);
  return {
    samples: 0,
    products,
    decay(factor) {
      this.samples *= factor;
      for (let i = 0; i < products.length; i++) {
        products[i]! *= factor;
      }
    },
    add(other) {
      this.samples += other.samples;
      for (let i = 0; i < products.length; i++) {
        products[i]! += other.products[i]!;
      }
    },
    learn(features, truth, weight = 1) {
      this.samples += weight;
      for (let row = 0; row < size; row++) {
        const value = features[row]! * weight;
        if (value !== 0) {
          for (let column = 0; column <= row; column++) {
            products[row * width + column]! += value * features[column]!;
          }
          products[row * width + size]! += value * truth;
        }
      }
    },
    clear() {
      this.samples = 0;
      products.fill(0);
    },
    solve(into, priorSamples) {
      let trace = 0;
      for (let row = 0; row < size; row++) {
        trace += products[row * width + row]!;
      }
      const mean = trace / size;
      const penalty = mean * (PENALTY_SHARE + PENALTY_SAMPLES / (this.samples + 1)) + 1e-9;
      const share = (priorSamples ?? 0) / (this.samples + 1e-9);
      const penaltyOf = (row: number): number =>
        priorSamples === undefined
          ? penalty
          : (row === 0 ? CONSTANT_SHARE : share) * products[row * width + row]! + 1e-9;
      solveSymmetric(products, size, penaltyOf, into);
    },
  };
}

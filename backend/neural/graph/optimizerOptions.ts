import type { Shape } from './graph.ts';

export interface OptimizerOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** The largest norm of all gradients together. */
  readonly clipNorm: number;
  /** Whether a parameter decays. */
  readonly decays: (name: string, shape: Shape) => boolean;
  /** How much of the average is kept at each of its updates. */
  readonly averageKept: number;
  readonly averageEvery: number;
}

export const DEFAULT_OPTIMIZER: OptimizerOptions = {
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-8,
  weightDecay: 0.02,
  clipNorm: 1,
  decays: (_, shape) => shape.length > 1,
  averageKept: 0.996,
  averageEvery: 4,
};

import type { RandomSource } from '../../../../random/index.ts';

/** A number between `low` and `high`, both above 0, whose logarithm is uniform. */
export function logUniform(random: RandomSource, low: number, high: number): number {
  return low * (high / low) ** random();
}

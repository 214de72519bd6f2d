import { randomNormal, type RandomSource } from '../../../../random/index.ts';

/** A factor around 1 whose logarithm is normal with this deviation. */
export function logNormal(random: RandomSource, deviation: number): number {
  return Math.exp(deviation * randomNormal(random));
}

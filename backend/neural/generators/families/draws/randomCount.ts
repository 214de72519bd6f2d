import type { RandomSource } from '../../../../random/index.ts';
import { randomGamma } from './randomGamma.ts';
import { randomPoisson } from './randomPoisson.ts';

/** A count with this mean: negative binomial with `dispersion` as its size, Poisson where that is infinite. */
export function randomCount(random: RandomSource, mean: number, dispersion: number): number {
  const isPoisson = dispersion === Number.POSITIVE_INFINITY || mean === 0;
  return randomPoisson(random, isPoisson ? mean : (mean * randomGamma(random, dispersion)) / dispersion);
}

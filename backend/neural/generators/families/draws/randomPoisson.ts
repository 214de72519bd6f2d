import { randomNormal, type RandomSource } from '../../../../random/index.ts';

const NORMAL_FROM = 30;

/** A count from the Poisson distribution with this mean; from a mean of 30 on, the rounded normal one. */
export function randomPoisson(random: RandomSource, mean: number): number {
  if (mean >= NORMAL_FROM) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * randomNormal(random)));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) {
    count++;
  }
  return count;
}

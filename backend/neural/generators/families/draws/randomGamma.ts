import { randomNormal, type RandomSource } from '../../../../random/index.ts';

/**
 * A draw from the gamma distribution with this shape, above 0, and scale 1.
 *
 * Source: G. Marsaglia and W. W. Tsang, "A Simple Method for Generating Gamma Variables" (2000).
 */
export function randomGamma(random: RandomSource, shape: number): number {
  if (shape < 1) {
    return randomGamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = randomNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
      return d * v;
    }
  }
}

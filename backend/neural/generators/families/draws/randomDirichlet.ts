import type { RandomSource } from '../../../../random/index.ts';
import { randomGamma } from './randomGamma.ts';

/** `count` weights that add up to 1, from the symmetric Dirichlet distribution with this concentration. */
export function randomDirichlet(random: RandomSource, count: number, concentration: number): number[] {
  const parts = Array.from({ length: count }, () => randomGamma(random, concentration));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

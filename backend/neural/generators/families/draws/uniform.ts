import type { RandomSource } from '../../../../random/index.ts';

/** A number from `low` up to, not including, `high`, each equally likely. */
export function uniform(random: RandomSource, low: number, high: number): number {
  return low + (high - low) * random();
}

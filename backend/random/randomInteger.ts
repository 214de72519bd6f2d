import type { RandomSource } from './randomSource.ts';

/** A whole number from 0 up to, not including, `count`, each equally likely. */
export function randomInteger(random: RandomSource, count: number): number {
  return Math.floor(random() * count);
}

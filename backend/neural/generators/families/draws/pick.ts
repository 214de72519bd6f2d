import { randomInteger, type RandomSource } from '../../../../random/index.ts';

/** One of the items, each equally likely; there is at least one. */
export function pick<T>(random: RandomSource, items: readonly T[]): T {
  return items[randomInteger(random, items.length)]!;
}

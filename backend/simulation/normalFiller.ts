import type { RandomSource } from '../random/index.ts';
import { normalQuantile } from '../statistics/index.ts';

const BITS = 12;
const SIZE = 2 ** BITS;
const MASK = SIZE - 1;
const TABLE = Float64Array.from({ length: SIZE }, (_, i) => normalQuantile((i + 0.5) / SIZE));
const TWO_POW_32 = 2 ** 32;

/** Fills an array with standard normal draws, going on where it stopped. */
export type NormalFiller = (target: Float64Array) => void;

/**
 * Makes a filler whose stream begins where `random` says.
 *
 * Draws are taken from 4,096 evenly spaced quantiles, none beyond +-3.7: several times faster than an exact method, for
 * where ranks are all that counts. Bits are those of Blackman and Vigna's xoshiro128**, two draws from each 32.
 */
export function normalFiller(random: RandomSource): NormalFiller {
  const state = Int32Array.from({ length: 4 }, () => random() * TWO_POW_32);
  state[3]! |= 1;
  return (target) => {
    const { length } = target;
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    for (let i = 0; i < length; i += 2) {
      const product = Math.imul(b, 5);
      const bits = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      target[i] = TABLE[bits >>> (32 - BITS)]!;
      if (i + 1 < length) {
        target[i + 1] = TABLE[(bits >>> (32 - 2 * BITS)) & MASK]!;
      }
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = d;
  };
}

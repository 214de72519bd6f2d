import type { RandomSource } from './randomSource.ts';

const TWO_POW_26 = 2 ** 26;
const TWO_POW_MINUS_53 = 2 ** -53;

/**
 * A source that gives the same numbers for the same seed on every machine; any finite number is a seed.
 *
 * 53 random bits a number, period 2^128 - 1. Source: Blackman and Vigna's xoshiro128**, seeded by splitmix32.
 */
export function seededRandom(seed: number): RandomSource {
  if (!Number.isFinite(seed)) {
    throw new RangeError(`a seed is a finite number, not ${String(seed)}`);
  }
  const [low, high] = new Uint32Array(new Float64Array([seed]).buffer);
  const mix = splitmix32((low ?? 0) ^ Math.imul(high ?? 0, 0x9e3779b1));
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix() | 1;

  function next(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  }

  return () => ((next() >>> 5) * TWO_POW_26 + (next() >>> 6)) * TWO_POW_MINUS_53;
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
}

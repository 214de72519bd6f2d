import { quantileOf } from '../quantileOf.ts';
import type { Window } from './window.ts';

let scratch = new Float64Array(1024);

export function quantileOverTime(window: Window): number {
  return quantileOf(window.scalars[0]!, copied(window), window.to - window.from);
}

/** Median absolute deviation. */
export function madOverTime(window: Window): number {
  const count = window.to - window.from;
  const values = copied(window);
  const median = quantileOf(0.5, values, count);
  for (let i = 0; i < count; i++) {
    values[i] = Math.abs(values[i]! - median);
  }
  return quantileOf(0.5, values, count);
}

function copied({ values, from, to }: Window): Float64Array {
  if (scratch.length < to - from) {
    scratch = new Float64Array(2 * (to - from));
  }
  scratch.set(values.subarray(from, to));
  return scratch;
}

import { randomInteger, type RandomSource } from '../../../random/index.ts';

/** Clipped from above, or less often from below, at one of its own values. Source: TiRex (2025). */
export function censor(random: RandomSource, values: Float32Array): Float32Array {
  const bound = values[randomInteger(random, values.length)] ?? Number.NaN;
  if (Number.isNaN(bound)) {
    return values.slice();
  }
  return random() < 0.7 ? values.map((each) => Math.min(each, bound)) : values.map((each) => Math.max(each, bound));
}

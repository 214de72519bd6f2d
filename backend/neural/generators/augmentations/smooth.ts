import { randomInteger, type RandomSource } from '../../../random/index.ts';

/** Trailing means over 2 to 12 steps of what is measured; missing stays missing. */
export function smooth(random: RandomSource, values: Float32Array): Float32Array {
  const window = 2 + randomInteger(random, 11);
  return values.map((each, t) => {
    if (Number.isNaN(each)) {
      return each;
    }
    let sum = 0;
    let count = 0;
    for (let s = Math.max(0, t - window + 1); s <= t; s++) {
      const value = values[s]!;
      if (!Number.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return sum / count;
  });
}

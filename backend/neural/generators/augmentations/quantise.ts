import type { RandomSource } from '../../../random/index.ts';
import { meanSize } from '../meanSize.ts';

/** Rounded to whole multiples of 1 % to 100 % of its mean size. */
export function quantise(random: RandomSource, values: Float32Array): Float32Array {
  const quantum = meanSize(values) * 0.01 ** random();
  return quantum > 0 ? values.map((each) => Math.round(each / quantum) * quantum) : values.slice();
}

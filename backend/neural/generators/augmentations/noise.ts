import { randomNormal, type RandomSource } from '../../../random/index.ts';
import { meanSize } from '../meanSize.ts';

/** With normal noise of up to 10 % of its mean size; what is not below 0 stays so. */
export function noise(random: RandomSource, values: Float32Array): Float32Array {
  const deviation = 0.1 * random() ** 2 * meanSize(values);
  return values.map((each) => {
    const noisy = each + deviation * randomNormal(random);
    return each >= 0 ? Math.max(0, noisy) : noisy;
  });
}

import type { RandomSource } from '../../../random/index.ts';
import { meanSize } from '../meanSize.ts';

/**
 * With 10 % to 50 % of another series, brought to its mean size and aligned at the end.
 *
 * What the other lacks is left out; its own level stays about what it was. Source: TSMixup (Ansari et al., 2024).
 */
export function mixup(random: RandomSource, values: Float32Array, other: Float32Array): Float32Array {
  const share = 0.1 + 0.4 * random();
  const size = meanSize(other);
  const factor = size > 0 ? (share * meanSize(values)) / size : 0;
  const offset = other.length - values.length;
  return values.map((each, t) => {
    const added = other[t + offset] ?? Number.NaN;
    return Number.isNaN(added) ? each : (1 - share) * each + factor * added;
  });
}

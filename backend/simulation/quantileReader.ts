import { normalQuantile } from '../statistics/index.ts';

/**
 * How values at some probabilities are read off a column of quantiles:
 * `column[left[i]] + share[i] * (column[left[i] + 1] - column[left[i]])`, the same for every column.
 *
 * A share below 0 or above 1 reaches into a tail.
 */
export interface QuantileReader {
  readonly left: Uint16Array;
  readonly share: Float64Array;
}

/**
 * The reader of `probabilities` (within (0, 1)) from quantiles at `levels` (at least two, ascending within (0, 1)).
 *
 * Monotone: linear on the normal scale between levels, which is exact for a normal distribution; beyond the outer
 * levels an exponential tail through the last two, heavier than the normal's, as demand is.
 */
export function quantileReader(levels: readonly number[], probabilities: Float64Array): QuantileReader {
  const last = levels.length - 1;
  if (last < 1) {
    throw new RangeError('a reader needs at least two levels');
  }
  const scores = levels.map(normalQuantile);
  const left = new Uint16Array(probabilities.length);
  const share = new Float64Array(probabilities.length);
  probabilities.forEach((probability, i) => {
    if (probability > levels[last]!) {
      const fall = Math.log((1 - levels[last - 1]!) / (1 - levels[last]!));
      left[i] = last - 1;
      share[i] = 1 + Math.log((1 - levels[last]!) / (1 - probability)) / fall;
    } else if (probability < levels[0]!) {
      share[i] = -Math.log(levels[0]! / probability) / Math.log(levels[1]! / levels[0]!);
    } else {
      let below = 0;
      while (below < last - 1 && levels[below + 1]! < probability) {
        below++;
      }
      left[i] = below;
      share[i] = (normalQuantile(probability) - scores[below]!) / (scores[below + 1]! - scores[below]!);
    }
  });
  return { left, share };
}

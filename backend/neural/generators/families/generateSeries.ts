import type { RandomSource } from '../../../random/index.ts';
import { GENERATORS } from './generators.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/**
 * One series, or several of one fleet, of a family drawn by its weight.
 *
 * A family without a weight is not drawn. Throws RangeError where a name is no family, a weight is negative or not
 * finite, or none is above 0.
 */
export function generateSeries(
  random: RandomSource,
  weights: Readonly<Record<string, number>>,
  shape: SyntheticShape
): SyntheticSeries[] {
  const families = Object.entries(weights);
  let total = 0;
  for (const [name, weight] of families) {
    if (!Object.hasOwn(GENERATORS, name)) {
      throw new RangeError(`no family of series is called ${name}; there are ${Object.keys(GENERATORS).join(', ')}`);
    }
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`the weight of ${name} is a finite number from 0 on, not ${weight}`);
    }
    total += weight;
  }
  if (total === 0) {
    throw new RangeError('one family of series has a weight above 0');
  }
  let place = random() * total;
  const drawn = families.find(([, weight]) => (place -= weight) < 0) ?? families.findLast(([, weight]) => weight > 0)!;
  return GENERATORS[drawn[0]]!(random, shape);
}

import type { Feature, FeatureInput } from './feature.ts';
import { featureContext } from './featureContext.ts';
import { FEATURE_FAMILIES, familyFeatures } from './featureFamilies.ts';

/**
 * The features of one series, in the order of the families; values are made when a feature's `series()` is asked for,
 * and what features share is made once.
 *
 * No value at an instant depends on what came later. Throws a RangeError where the time zone does not exist.
 */
export function seriesFeatures(input: FeatureInput): readonly Feature[] {
  const context = featureContext(input);
  return FEATURE_FAMILIES.flatMap((family) => familyFeatures(family, context));
}

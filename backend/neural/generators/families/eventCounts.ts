import type { RandomSource } from '../../../random/index.ts';
import { logUniform, randomCount, uniform } from './draws/index.ts';
import { redNoise, rhythm, type Account } from './shapes/index.ts';
import type { SyntheticShape } from './syntheticSeries.ts';

/** Whole numbers of events a step, Poisson or with more spread, around a rate that follows the account's clock. */
export function eventCounts(
  random: RandomSource,
  account: Account,
  shape: SyntheticShape,
  meanRate: number
): Float64Array {
  const rates = rhythm(random, account, shape);
  const slow = redNoise(random, shape.length, (86_400 / shape.stepSeconds) * logUniform(random, 0.1, 5));
  const drift = random() < 0.4 ? 0 : uniform(random, 0, 0.8);
  const dispersion = random() < 0.5 ? Number.POSITIVE_INFINITY : logUniform(random, 0.3, 20) / account.noise;
  return rates.map((each, t) =>
    randomCount(random, meanRate * each * Math.exp(drift * slow[t]! - (drift * drift) / 2), dispersion)
  );
}

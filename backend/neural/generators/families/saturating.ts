import { randomInteger, randomNormal, type RandomSource } from '../../../random/index.ts';
import { logUniform, uniform } from './draws/index.ts';
import { drawAccount, finished, redNoise, rhythm } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/** Demand that meets a capacity: clipped hard or bent softly, a little noise at the top, capacity added now and then. */
export function saturating(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length } = shape;
  const account = drawAccount(random, shape.stepSeconds);
  const demand = rhythm(random, account, shape);
  const slow = redNoise(random, length, logUniform(random, 4, 600));
  const quick = redNoise(random, length, logUniform(random, 0.3, 6));
  const drift = uniform(random, 0.05, 0.5);
  const noise = logUniform(random, 0.01, 0.15) * account.noise;
  for (let t = 0; t < length; t++) {
    demand[t]! *= Math.exp(drift * slow[t]! + noise * quick[t]!);
  }
  const probe = Float64Array.from({ length: 200 }, () => demand[randomInteger(random, length)]!).sort();
  let capacity = Math.max(1e-6, probe[Math.floor(200 * uniform(random, 0.5, 0.98))]!);
  const sharpness = random() < 0.5 ? Number.POSITIVE_INFINITY : logUniform(random, 2, 12);
  const jitter = random() < 0.5 ? 0 : logUniform(random, 0.001, 0.02);
  const rate = random() < 0.7 ? 0 : logUniform(random, 1, 5) / length;
  const values = demand.map((each) => {
    if (rate > 0 && random() < rate) {
      capacity *= uniform(random, 0.8, 1.8);
    }
    const held =
      sharpness === Number.POSITIVE_INFINITY
        ? Math.min(each, capacity)
        : each / (1 + (each / capacity) ** sharpness) ** (1 / sharpness);
    return held * (1 - jitter * Math.abs(randomNormal(random)));
  });
  return [finished(values, account, shape, { family: 'saturating' })];
}

import type { RandomSource } from '../../../random/index.ts';
import { logNormal, logUniform, uniform } from './draws/index.ts';
import { drawAccount, finished, redNoise, rhythm } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/** Requests of a service: day and week, weekends, growth, drifting amplitude, noise in proportion and beside it. */
export function seasonalService(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length, stepSeconds } = shape;
  const account = drawAccount(random, stepSeconds);
  const values = rhythm(random, account, shape);
  const day = 86_400 / stepSeconds;
  const slow = redNoise(random, length, day * logUniform(random, 0.3, 8));
  const quick = redNoise(random, length, logUniform(random, 0.3, 40));
  const drift = uniform(random, 0, 0.25);
  const noise = logUniform(random, 0.005, 0.2) * account.noise;
  const extra = random() < 0.5 ? 0 : logUniform(random, 0.002, 0.05) * account.noise;
  const growth = random() < 0.5 ? 0 : (uniform(random, -0.5, 0.8) * Math.min(1, length / (30 * day))) / length;
  const base = random() < 0.5 ? 0 : logUniform(random, 0.05, 2);
  for (let t = 0; t < length; t++) {
    const level = base + values[t]! * Math.exp(drift * slow[t]!);
    values[t] = level * (1 + growth * t) * Math.exp(noise * quick[t]!);
  }
  if (extra > 0) {
    const white = redNoise(random, length, 0);
    white.forEach((each, t) => {
      values[t]! += extra * each;
    });
  }
  return [
    finished(values, account, shape, { family: 'seasonalService', level: account.level * logNormal(random, 0.3) }),
  ];
}

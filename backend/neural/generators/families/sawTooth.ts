import type { RandomSource } from '../../../random/index.ts';
import { logNormal, logUniform, pick, uniform } from './draws/index.ts';
import { drawAccount, finished, jobPeriods, redNoise, rhythm } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/** A leak until the restart, a cache that fills until it is flushed, a log that grows until it is turned over. */
export function sawTooth(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length } = shape;
  const account = drawAccount(random, shape.stepSeconds);
  const isClocked = random() < 0.5;
  const period = isClocked ? pick(random, jobPeriods(shape)) : logUniform(random, 12, Math.max(24, length / 3));
  const kind = pick(random, ['leak', 'leak', 'fill', 'bend'] as const);
  const bend = kind === 'bend' ? uniform(random, 0.4, 2.5) : 1;
  const tau = period * uniform(random, 0.1, 0.6);
  const pace = random() < 0.4 ? rhythm(random, account, shape) : undefined;
  const floor = random() < 0.3 ? 0 : logUniform(random, 0.05, 5);
  const kept = random() < 0.7 ? 0 : uniform(random, 0, 0.5);
  const jitter = isClocked ? 0 : uniform(random, 0, 0.3);
  const noise = logUniform(random, 0.001, 0.06) * account.noise;
  const quick = redNoise(random, length, logUniform(random, 0.3, 12));
  const fall = random() < 0.7 ? 1 : uniform(random, 0.15, 0.6);
  const isFalling = random() < 0.12;
  const values = new Float64Array(length);
  let age = isClocked ? Math.floor(period * random()) : period * random();
  let limit = period;
  let low = 0;
  let height = 0;
  for (let t = 0; t < length; t++) {
    if (age >= limit) {
      low = kept * height;
      age = isClocked ? 0 : age - limit;
      limit = period * logNormal(random, jitter);
    }
    const share = age / period;
    const aim = low + (kind === 'fill' ? 1 - Math.exp(-age / tau) : share ** bend);
    height = aim >= height ? aim : height + fall * (aim - height);
    const tooth = isFalling ? Math.max(0, 1 - height) : height;
    values[t] = (floor + tooth) * (1 + noise * quick[t]!);
    age += isClocked || pace === undefined ? 1 : 0.3 + 0.7 * pace[t]!;
  }
  return [
    finished(values, account, shape, {
      family: 'sawTooth',
      level: account.level * (random() < 0.4 ? 1e4 : 1),
      seasonSteps: isClocked ? period : 1,
    }),
  ];
}

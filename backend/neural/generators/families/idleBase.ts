import { randomInteger, type RandomSource } from '../../../random/index.ts';
import { logUniform } from './draws/index.ts';
import { quantised, redNoise } from './shapes/index.ts';

/**
 * What a machine without work shows: about 1 in the mean, a little noise, often in whole multiples of what its monitor
 * can tell apart, sometimes moving to another such level for days.
 */
export function idleBase(random: RandomSource, length: number): Float64Array {
  const quick = redNoise(random, length, logUniform(random, 0.1, 3));
  const noise = logUniform(random, 0.01, 0.15);
  const rate = random() < 0.6 ? 0 : logUniform(random, 1, 6) / length;
  let level = 1;
  const out = quick.map((each) => {
    if (rate > 0 && random() < rate) {
      level = logUniform(random, 0.6, 1.7);
    }
    return level * Math.max(0, 1 + noise * each);
  });
  return random() < 0.65 ? quantised(out, 1 / (1 + randomInteger(random, 12))) : out;
}

import { randomNormal, type RandomSource } from '../../../random/index.ts';
import { logNormal, logUniform, uniform } from './draws/index.ts';
import { drawAccount, finished, redNoise, rhythm } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/**
 * A resource of a service that is deployed now and then: the cost per request and the base load change, at once or as
 * the deployment rolls out, and some are rolled back. The requests are its driver, half of the time.
 */
export function steps(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length } = shape;
  const account = drawAccount(random, shape.stepSeconds);
  const isFlat = random() < 0.35;
  const activity = isFlat ? new Float64Array(length).fill(1) : rhythm(random, account, shape);
  const busy = redNoise(random, length, logUniform(random, 1, 60));
  const bustle = isFlat ? 0 : uniform(random, 0, 0.15);
  const quick = redNoise(random, length, logUniform(random, 0.3, 20));
  const noise = logUniform(random, 0.003, 0.1) * account.noise;
  const rate = logUniform(random, 1, 14) / length;
  const costChange = uniform(random, 0.05, 0.6);
  const baseChange = uniform(random, 0, 0.6);
  const isRolling = random() < 0.4;
  const pace = isRolling ? 1 / logUniform(random, 2, 36) : 1;
  let aim = { cost: 1, base: uniform(random, 0, 1) };
  let old = aim;
  let back = Number.POSITIVE_INFINITY;
  let { cost, base } = aim;
  const requests = new Float64Array(length);
  const values = new Float64Array(length);
  for (let t = 0; t < length; t++) {
    if (t >= back) {
      aim = old;
      back = Number.POSITIVE_INFINITY;
    } else if (random() < rate) {
      old = aim;
      aim = {
        cost: Math.min(20, Math.max(0.05, aim.cost * logNormal(random, costChange))),
        base: Math.max(0, aim.base + baseChange * randomNormal(random)),
      };
      back = random() < 0.25 ? t + Math.ceil(logUniform(random, 2, 60)) : Number.POSITIVE_INFINITY;
    }
    cost += pace * (aim.cost - cost);
    base += pace * (aim.base - base);
    requests[t] = activity[t]! * Math.exp(bustle * busy[t]!);
    values[t] = (base + cost * requests[t]!) * Math.exp(noise * quick[t]!);
  }
  const driver = isFlat || random() < 0.5 ? undefined : Float32Array.from(requests);
  return [
    finished(values, account, shape, {
      family: 'steps',
      seasonSteps: isFlat ? 1 : shape.seasonSteps,
      ...(driver === undefined ? {} : { driver }),
    }),
  ];
}

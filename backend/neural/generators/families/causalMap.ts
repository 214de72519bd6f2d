import type { RandomSource } from '../../../random/index.ts';
import { logUniform, pick, uniform } from './draws/index.ts';

const MAPS = ['linear', 'linear', 'power', 'saturating', 'threshold', 'queue', 'stairs'] as const;

/**
 * What a cause of about 1 in the mean does: late by a few steps, smoothed over some, then bent; not below 0.
 *
 * `inertia` multiplies the steps of smoothing.
 */
export function causalMap(random: RandomSource, cause: Float64Array, inertia: number): Float64Array {
  const lag = random() < 0.6 ? 0 : Math.floor(4 * random());
  const memory = random() < 0.5 && inertia <= 1 ? 0 : logUniform(random, 0.5, 8) * inertia;
  const kept = memory === 0 ? 0 : Math.exp(-1 / memory);
  const bend = pick(random, MAPS);
  const exponent = uniform(random, 0.5, 1.6);
  const limit = uniform(random, 1.2, 3);
  const from = uniform(random, 0, 0.8);
  const stair = uniform(random, 0.2, 0.6);
  const out = new Float64Array(cause.length);
  let state = cause[0]!;
  for (let t = 0; t < out.length; t++) {
    state = kept * state + (1 - kept) * cause[Math.max(0, t - lag)]!;
    out[t] = bent(state);
  }
  return out;

  function bent(x: number): number {
    switch (bend) {
      case 'linear':
        return x;
      case 'power':
        return x ** exponent;
      case 'saturating':
        return limit * Math.tanh(x / limit);
      case 'threshold':
        return 0.2 * x + Math.max(0, x - from);
      case 'queue': {
        const busy = Math.min(0.95, x / (2 * limit));
        return busy / (1 - busy);
      }
      case 'stairs':
        return 0.3 * x + 0.7 * stair * Math.ceil(x / stair);
    }
  }
}

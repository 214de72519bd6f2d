import { randomInteger, randomNormal, type RandomSource } from '../../random/index.ts';
import { meanSize } from '../generators/index.ts';

/** A series after augmentation; `isLinear` where it is still a trailing sum if it was one. */
export interface Augmented {
  readonly values: Float64Array;
  readonly isLinear: boolean;
}

/**
 * Changes a copy of a series as monitoring data differ from one another: amplitude that drifts, another series mixed
 * in, clipping, noise, gaps, a base load; often nothing. Sources: TiRex (arXiv 2505.23719), TSMixup (Ansari et al. 2024).
 */
export function augment(
  random: RandomSource,
  values: Float64Array,
  other: (() => Float64Array) | undefined
): Augmented {
  const out = values.slice();
  let isLinear = true;
  if (random() < 0.25) {
    modulate(random, out);
    isLinear = false;
  }
  if (other !== undefined && random() < 0.2) {
    mix(out, other(), 0.1 + 0.5 * random());
    isLinear = false;
  }
  if (random() < 0.05) {
    const high = out.reduce((max, each) => (each > max ? each : max), Number.NEGATIVE_INFINITY);
    out.forEach((each, t) => {
      out[t] = high - each;
    });
    isLinear = false;
  }
  const size = meanSize(out);
  if (random() < 0.05) {
    const bound = out[randomInteger(random, out.length)]!;
    const isUpper = random() < 0.7;
    out.forEach((each, t) => {
      out[t] = isUpper ? Math.min(each, bound) : Math.max(each, bound);
    });
    isLinear = false;
  }
  if (random() < 0.1) {
    const noise = size * 0.05 * random();
    out.forEach((each, t) => {
      out[t] = each + noise * randomNormal(random);
    });
    isLinear = false;
  }
  if (random() < 0.1) {
    const base = size * random() * 2;
    out.forEach((each, t) => {
      out[t] = each + base;
    });
  }
  if (random() < 0.1) {
    for (let gap = randomInteger(random, 4) + 1; gap > 0; gap--) {
      const start = randomInteger(random, out.length);
      out.fill(Number.NaN, start, start + Math.round(Math.exp(5 * random())));
    }
  }
  return { values: out, isLinear };
}

function modulate(random: RandomSource, values: Float64Array): void {
  const knots = randomInteger(random, 6) + 2;
  const heights = Array.from({ length: knots + 1 }, () => Math.exp(0.4 * randomNormal(random)));
  const isStepped = random() < 0.3;
  values.forEach((each, t) => {
    const place = (t / values.length) * knots;
    const left = Math.floor(place);
    const share = isStepped ? 0 : place - left;
    values[t] = each * ((1 - share) * heights[left]! + share * heights[left + 1]!);
  });
}

function mix(values: Float64Array, other: Float64Array, share: number): void {
  const factor = (meanSize(values) / (meanSize(other) || 1)) * share;
  const offset = Math.max(0, other.length - values.length);
  values.forEach((each, t) => {
    const added = other[offset + t];
    values[t] = (1 - share) * each + (added === undefined || Number.isNaN(added) ? 0 : factor * added);
  });
}

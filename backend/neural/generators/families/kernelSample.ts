import { randomNormal, type RandomSource } from '../../../random/index.ts';
import { logUniform, pick, randomGamma, uniform } from './draws/index.ts';
import { redNoise } from './shapes/index.ts';

export type Kernel = 'periodic' | 'smooth' | 'rational' | 'rough' | 'linear' | 'white';

const HARMONICS = 12;
const KNOTS = 256;
const FEATURES = 24;
const TURN = 2 * Math.PI;

/**
 * A draw from the Gaussian process with this kernel at `length` steps, in time linear in them.
 *
 * Periodic (exponential of a squared sine, by its own Fourier series), smooth (squared exponential) and rational
 * quadratic (both by random Fourier features, between knots), rough (Ornstein-Uhlenbeck), linear, white.
 */
export function kernelSample(random: RandomSource, kernel: Kernel, length: number, period: number): Float64Array {
  switch (kernel) {
    case 'periodic':
      return periodic(random, length, period);
    case 'smooth':
      return spectral(random, length, pick(random, [0.05, 0.1, 0.1, 1]), Number.POSITIVE_INFINITY);
    case 'rational':
      return spectral(random, length, pick(random, [0.05, 0.2, 1]), pick(random, [0.1, 1, 10]));
    case 'rough':
      return redNoise(random, length, logUniform(random, 2, length));
    case 'linear': {
      const start = randomNormal(random) * pick(random, [0, 1, 10]);
      const slope = randomNormal(random);
      return Float64Array.from({ length }, (_, t) => start + (slope * t) / length);
    }
    case 'white': {
      const size = Math.sqrt(pick(random, [0.1, 0.1, 1]));
      return Float64Array.from({ length }, () => size * randomNormal(random));
    }
  }
}

function periodic(random: RandomSource, length: number, period: number): Float64Array {
  const z = 1 / pick(random, [0.4, 0.7, 1, 1]) ** 2;
  const steps = Math.max(2, Math.round(period));
  const turn = new Float64Array(steps);
  for (let k = 0; k <= HARMONICS && k <= steps / 2; k++) {
    const size = Math.sqrt((k === 0 ? 1 : 2) * Math.exp(-z) * besselI(k, z));
    const a = size * randomNormal(random);
    const b = size * randomNormal(random);
    // A turn by the angle of one step, over and over: no sine for each step.
    const cosine = Math.cos((TURN * k) / steps);
    const sine = Math.sin((TURN * k) / steps);
    let x = a;
    let y = b;
    for (let t = 0; t < steps; t++) {
      turn[t]! += x;
      const next = x * cosine + y * sine;
      y = y * cosine - x * sine;
      x = next;
    }
  }
  const out = new Float64Array(length);
  for (let t = 0; t < length; t++) {
    out[t] = turn[t % steps]!;
  }
  return out;
}

/** Modified Bessel function of the first kind, by its power series; exact to rounding for z below 10. */
function besselI(order: number, z: number): number {
  let term = 1;
  for (let i = 1; i <= order; i++) {
    term *= z / 2 / i;
  }
  let sum = term;
  for (let i = 1; i < 40; i++) {
    term *= (z * z) / 4 / (i * (i + order));
    sum += term;
  }
  return sum;
}

/** Scale `reach` as a share of the length; `alpha` of the rational quadratic kernel, infinite for the smooth one. */
function spectral(random: RandomSource, length: number, reach: number, alpha: number): Float64Array {
  const knots = new Float64Array(KNOTS + 3);
  for (let feature = 0; feature < FEATURES; feature++) {
    const pull = alpha === Number.POSITIVE_INFINITY ? 1 : randomGamma(random, alpha) / alpha;
    const frequency = Math.min(KNOTS / 3, (Math.sqrt(pull) * Math.abs(randomNormal(random))) / reach) / KNOTS;
    const phase = uniform(random, 0, TURN);
    for (let k = 0; k < knots.length; k++) {
      knots[k]! += Math.cos(frequency * k + phase);
    }
  }
  const size = Math.sqrt(2 / FEATURES);
  const out = new Float64Array(length);
  for (let t = 0; t < length; t++) {
    const place = (t / length) * KNOTS;
    const left = Math.floor(place);
    const x = place - left;
    const a = knots[left]!;
    const b = knots[left + 1]!;
    const c = knots[left + 2]!;
    const d = knots[left + 3] ?? c;
    // Catmull-Rom between the second knot and the third.
    out[t] = size * (b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a))));
  }
  return out;
}

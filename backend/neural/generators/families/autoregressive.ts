import { randomNormal, type RandomSource } from '../../../random/index.ts';
import { logUniform, pick, randomGamma, uniform } from './draws/index.ts';
import { drawAccount, finished, redNoise } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

type Shock = () => number;

/** Random linear processes: two poles with a seasonal lag, walks with drift, exponential smoothing; tails may be heavy. */
export function autoregressive(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const account = drawAccount(random, shape.stepSeconds);
  const freedom = random() < 0.6 ? Number.POSITIVE_INFINITY : uniform(random, 2.5, 8);
  const bound = 30;
  const shock: Shock = () => {
    const x = randomNormal(random);
    return freedom === Number.POSITIVE_INFINITY
      ? x
      : Math.max(-bound, Math.min(bound, x / Math.sqrt((2 * randomGamma(random, freedom / 2)) / freedom)));
  };
  const kind = pick(random, ['poles', 'poles', 'walk', 'smoothing'] as const);
  const hasSeason = shape.seasonSteps > 1 && shape.seasonSteps <= shape.length / 2 && random() < 0.5;
  const cycle = hasSeason ? shape.seasonSteps : 1;
  const values =
    kind === 'poles'
      ? poles(random, shock, shape.length, cycle)
      : kind === 'walk'
        ? walk(random, shock, shape.length)
        : smoothing(random, shock, shape.length, cycle);
  const isSigned = random() < 0.2;
  return [
    finished(values, account, shape, {
      family: 'autoregressive',
      seasonSteps: kind === 'walk' ? 1 : cycle,
      isSigned,
    }),
  ];
}

/** Two poles within the unit circle around a season that slowly becomes another. */
function poles(random: RandomSource, shock: Shock, length: number, cycle: number): Float64Array {
  const isComplex = random() < 0.4;
  const radius = Math.sqrt(uniform(random, 0, 0.98));
  const other = uniform(random, -0.5, 0.95);
  const angle = (2 * Math.PI) / logUniform(random, 4, 400);
  const a = isComplex ? 2 * radius * Math.cos(angle) : radius + other;
  const b = isComplex ? -radius * radius : -radius * other;
  const change = random() < 0.5 ? 0 : uniform(random, 0, 0.2);
  const own = new Float64Array(length);
  const pattern = cycle > 1 ? redNoise(random, cycle, cycle / logUniform(random, 3, 30)) : new Float64Array(1);
  let before = 0;
  let last = 0;
  let squares = 0;
  for (let t = 0; t < length; t++) {
    const next = a * last + b * before + shock();
    before = last;
    last = next;
    own[t] = next;
    squares += next * next;
  }
  const size = uniform(random, 0.05, 0.6) / (Math.sqrt(squares / length) || 1);
  const level = uniform(random, 1, 3);
  const swing = uniform(random, 0.1, 0.6);
  return own.map((each, t) => {
    if (cycle === 1) {
      return level + size * each;
    }
    const place = t % cycle;
    pattern[place]! += change * shock();
    return level + swing * pattern[place]! + size * each;
  });
}

function walk(random: RandomSource, shock: Shock, length: number): Float64Array {
  const size = logUniform(random, 0.05, 2) / Math.sqrt(length);
  const drift = random() < 0.5 ? 0 : uniform(random, -1, 1.5) / length;
  const isGeometric = random() < 0.4;
  const holds = random() < 0.7 ? 1 : uniform(random, 0.02, 0.5);
  const values = new Float64Array(length);
  let x = isGeometric ? 0 : uniform(random, 1, 3);
  for (let t = 0; t < length; t++) {
    if (holds === 1 || random() < holds) {
      x += drift + size * shock();
    }
    values[t] = isGeometric ? Math.exp(Math.max(-8, Math.min(8, x))) : x;
  }
  return values;
}

/** Level, damped trend and season that each take in a part of every error; the error grows with the level. */
function smoothing(random: RandomSource, shock: Shock, length: number, cycle: number): Float64Array {
  const alpha = uniform(random, 0.01, 0.6);
  const beta = random() < 0.5 ? 0 : uniform(random, 0, 0.02);
  const gamma = uniform(random, 0, 0.3);
  const damping = uniform(random, 0.9, 0.999);
  const size = logUniform(random, 0.005, 0.1);
  const season =
    cycle > 1 ? redNoise(random, cycle, cycle / logUniform(random, 3, 20)).map((each) => 0.3 * each) : undefined;
  const values = new Float64Array(length);
  let level = 1;
  let trend = 0;
  for (let t = 0; t < length; t++) {
    const place = t % cycle;
    const error = size * shock();
    values[t] = level + trend + (season?.[place] ?? 0) + error;
    level = Math.max(-50, Math.min(50, level + trend + alpha * error + 0.0005 * (1 - level)));
    trend = damping * trend + beta * error;
    if (season !== undefined) {
      season[place]! += gamma * error;
    }
  }
  return values;
}

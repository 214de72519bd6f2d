import { randomInteger, randomNormal, type RandomSource } from '../../random/index.ts';

export interface SeriesShape {
  readonly length: number;
  readonly stepSeconds: number;
  /** Steps in the short cycle. */
  readonly cycle: number;
}

/** A series made up for training; NaN-free, `sumSteps` as in `SeriesInput`. */
export interface SyntheticSeries {
  readonly values: Float64Array;
  readonly startSeconds: number;
  readonly sumSteps: number;
  /** Activity's account of it: what a driver model would have said. */
  readonly driven?: Float64Array;
}

export type Generator = (random: RandomSource, shape: SeriesShape) => SyntheticSeries;

const DAY = 86_400;
/** A Monday, 00:00 UTC. */
const MONDAY = 1_704_067_200;

const uniform = (random: RandomSource, low: number, high: number): number => low + (high - low) * random();
const logUniform = (random: RandomSource, low: number, high: number): number =>
  Math.exp(uniform(random, Math.log(low), Math.log(high)));

function startOf(random: RandomSource): number {
  return MONDAY + Math.floor(random() * 7 * DAY);
}

/** A smooth profile over one cycle, mean about 0 and deviation about 1, from random harmonics. */
function profile(random: RandomSource, cycle: number, harmonics: number): Float64Array {
  const out = new Float64Array(cycle);
  for (let h = 1; h <= harmonics; h++) {
    const size = randomNormal(random) / h ** uniform(random, 0.5, 1.5);
    const phase = uniform(random, 0, 2 * Math.PI);
    for (let t = 0; t < cycle; t++) {
      out[t]! += size * Math.sin((2 * Math.PI * h * t) / cycle + phase);
    }
  }
  const deviation = Math.sqrt(out.reduce((sum, each) => sum + each * each, 0) / cycle) || 1;
  return out.map((each) => each / deviation);
}

function autoregressive(random: RandomSource, length: number, memory: number): Float64Array {
  const out = new Float64Array(length);
  const noise = Math.sqrt(1 - memory * memory);
  let state = randomNormal(random);
  for (let t = 0; t < length; t++) {
    state = memory * state + noise * randomNormal(random);
    out[t] = state;
  }
  return out;
}

const cyclesPerWeek = ({ stepSeconds, cycle }: SeriesShape): number =>
  Math.max(1, Math.round((7 * DAY) / (stepSeconds * cycle)));

/** Requests of a service: a daily profile, weekends, growth, drifting amplitude, noise that grows with the level. */
function seasonalService(random: RandomSource, shape: SeriesShape): SyntheticSeries {
  const { length, cycle, stepSeconds } = shape;
  const startSeconds = startOf(random);
  const daily = profile(random, cycle, randomInteger(random, 8) + 1);
  const weekProfile = Float64Array.from({ length: cyclesPerWeek(shape) }, () => uniform(random, 0.7, 1.1));
  const hasWeek = random() < 0.6;
  const swing = uniform(random, 0.1, 0.9);
  const slow = autoregressive(random, length, 1 - 1 / (cycle * uniform(random, 0.5, 6)));
  const quick = autoregressive(random, length, uniform(random, 0, 0.95));
  const noise = logUniform(random, 0.005, 0.3);
  const drift = uniform(random, 0, 0.3);
  const growth = uniform(random, -0.3, 0.6) / length;
  const level = logUniform(random, 1e-2, 1e6);
  const offset = randomInteger(random, cycle);
  const values = new Float64Array(length);
  for (let t = 0; t < length; t++) {
    const weekend = Math.floor((startSeconds + t * stepSeconds) / DAY + 3) % 7 >= 5 ? weekProfile[0]! : 1;
    const cycleIndex = Math.floor((t + offset) / cycle) % weekProfile.length;
    const base = 1 + swing * Math.tanh(daily[(t + offset) % cycle]! * (1 + 0.3 * drift * slow[t]!));
    const week = hasWeek ? weekend * (0.5 + 0.5 * weekProfile[cycleIndex]!) : 1;
    values[t] = Math.max(0, level * base * week * (1 + growth * t) * Math.exp(drift * slow[t]! + noise * quick[t]!));
  }
  return { values, startSeconds, sumSteps: 0 };
}

/** A two-state Ornstein-Uhlenbeck process whose mean, pull and noise change with a hidden state. */
function regimeSwitching(random: RandomSource, { length, cycle }: SeriesShape): SyntheticSeries {
  const states = [0, 1].map(() => ({
    mean: uniform(random, 0, 3),
    pull: logUniform(random, 0.005, 0.5),
    noise: logUniform(random, 0.01, 0.5),
    stay: 1 - 1 / logUniform(random, 10, 6 * cycle),
    swing: random() < 0.5 ? uniform(random, 0, 1) : 0,
  }));
  const daily = profile(random, cycle, 4);
  const values = new Float64Array(length);
  let state = 0;
  let x = states[0]!.mean;
  for (let t = 0; t < length; t++) {
    if (random() > states[state]!.stay) {
      state = 1 - state;
    }
    const { mean, pull, noise, swing } = states[state]!;
    x += pull * (mean + swing * daily[t % cycle]! - x) + noise * Math.sqrt(pull) * randomNormal(random);
    values[t] = x;
  }
  const floor = random() < 0.7 ? 0 : Number.NEGATIVE_INFINITY;
  const level = logUniform(random, 1e-2, 1e5);
  return { values: values.map((each) => level * Math.max(floor, each)), startSeconds: startOf(random), sumSteps: 0 };
}

/** Cron-like jobs on an idle machine: each with its period, phase, length and height, sometimes late or left out. */
function batchJobs(random: RandomSource, { length, cycle }: SeriesShape): SyntheticSeries {
  const idle = logUniform(random, 1e-3, 0.2);
  const quick = autoregressive(random, length, uniform(random, 0, 0.9));
  const values = quick.map((each) => idle * Math.exp(0.2 * each));
  const periods = [cycle, cycle, 7 * cycle, Math.round(cycle / 2), Math.round(cycle / 24), 12, 36];
  for (let job = randomInteger(random, 4) + 1; job > 0; job--) {
    const period = Math.max(4, periods[randomInteger(random, periods.length)]!);
    const duration = Math.max(1, Math.round(period * logUniform(random, 0.01, 0.4)));
    const height = logUniform(random, 0.1, 10);
    const phase = randomInteger(random, period);
    const jitter = random() < 0.5 ? 0 : period * 0.03;
    const skipped = random() < 0.6 ? 0 : uniform(random, 0, 0.4);
    for (let start = phase - period; start < length; start += period) {
      if (random() < skipped) {
        continue;
      }
      const from = Math.round(start + jitter * randomNormal(random));
      const own = height * Math.exp(0.15 * randomNormal(random));
      const stop = from + Math.max(1, Math.round(duration * Math.exp(0.1 * randomNormal(random))));
      for (let t = Math.max(0, from); t < Math.min(length, stop); t++) {
        values[t]! += own * (1 + 0.05 * quick[t]!);
      }
    }
  }
  const level = logUniform(random, 1, 1e5);
  return { values: values.map((each) => Math.max(0, level * each)), startSeconds: startOf(random), sumSteps: 0 };
}

/** A machine that is near idle or near full, for times of random length that may follow the clock. */
function onOff(random: RandomSource, { length, cycle }: SeriesShape): SyntheticSeries {
  const capacity = logUniform(random, 1, 1e5);
  const idle = capacity * logUniform(random, 1e-3, 0.1);
  const times = [logUniform(random, 3, 2 * cycle), logUniform(random, 3, 2 * cycle)] as const;
  const daily = random() < 0.5 ? profile(random, cycle, 3) : undefined;
  const quick = autoregressive(random, length, uniform(random, 0, 0.8));
  let isOn = random() < 0.5;
  const values = new Float64Array(length);
  for (let t = 0; t < length; t++) {
    const pace = Math.exp(0.8 * (daily?.[t % cycle] ?? 0) * (isOn ? -1 : 1));
    if (random() < pace / times[isOn ? 1 : 0]) {
      isOn = !isOn;
    }
    values[t] = isOn ? capacity * Math.min(1, 0.95 + 0.05 * quick[t]!) : idle * Math.exp(0.3 * quick[t]!);
  }
  return { values, startSeconds: startOf(random), sumSteps: 0 };
}

function poisson(random: RandomSource, mean: number): number {
  if (mean > 40) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * randomNormal(random)));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) {
    count++;
  }
  return count;
}

/** Events a step around a rate with a cycle; sparse ones are mostly zero. */
function counts(random: RandomSource, shape: SeriesShape): SyntheticSeries {
  const { values, startSeconds } = seasonalService(random, shape);
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length || 1;
  const rate = logUniform(random, 0.02, 200);
  return { values: values.map((each) => poisson(random, (rate * each) / mean)), startSeconds, sumSteps: 0 };
}

/** How many events came in a trailing window. */
function movingSum(random: RandomSource, shape: SeriesShape): SyntheticSeries {
  const sumSteps = [12, 36, 72, 144, 144, 288][randomInteger(random, 6)]!;
  const { values: events, startSeconds } = counts(random, { ...shape, length: shape.length + sumSteps });
  const values = new Float64Array(shape.length);
  let sum = 0;
  events.forEach((each, t) => {
    sum += each - (t >= sumSteps ? events[t - sumSteps]! : 0);
    if (t >= sumSteps) {
      values[t - sumSteps] = sum;
    }
  });
  return { values, startSeconds, sumSteps };
}

/** Gaussian-process-like: sums and products of periodic, smooth and rough parts (after KernelSynth, Ansari et al. 2024). */
function kernels(random: RandomSource, { length, cycle }: SeriesShape): SyntheticSeries {
  let values = new Float64Array(length);
  const periods = [cycle, cycle, 7 * cycle, cycle / 2, cycle / 24, 12, 36, 60];
  for (let part = randomInteger(random, 4) + 1; part > 0; part--) {
    const kind = randomInteger(random, 4);
    let own: Float64Array;
    if (kind < 2) {
      const period = Math.max(4, Math.round(periods[randomInteger(random, periods.length)]!));
      const shape = profile(random, period, randomInteger(random, 6) + 1);
      own = Float64Array.from({ length }, (_, t) => shape[t % period]!);
    } else if (kind === 2) {
      own = autoregressive(random, length, 1 - 1 / logUniform(random, 5, 4 * cycle));
    } else {
      own = autoregressive(random, length, uniform(random, 0, 0.9)).map((each) => 0.5 * each);
    }
    const isProduct = random() < 0.3;
    const size = uniform(random, 0.3, 1.2);
    values = values.map((each, t) => (isProduct ? each * (1 + 0.5 * own[t]!) : each + size * own[t]!));
  }
  if (random() < 0.3) {
    const slope = (randomNormal(random) * 3) / length;
    values = values.map((each, t) => each + slope * t);
  }
  const isPositive = random() < 0.7;
  const level = logUniform(random, 1e-2, 1e6);
  const shift = isPositive ? uniform(random, 1, 5) : 0;
  return {
    values: values.map((each) => level * (isPositive ? Math.max(0, each + shift) : each)),
    startSeconds: startOf(random),
    sumSteps: 0,
  };
}

/** A leak and a restart, a cache that fills, a log that is turned over. */
function sawTooth(random: RandomSource, { length, cycle }: SeriesShape): SyntheticSeries {
  const period = Math.max(6, Math.round(cycle * logUniform(random, 0.1, 8)));
  const jitter = random() < 0.5 ? 0 : 0.1;
  const bend = uniform(random, 0.4, 1.6);
  const base = uniform(random, 0, 2);
  const noise = logUniform(random, 0.003, 0.1);
  const level = logUniform(random, 1, 1e9);
  let left = randomInteger(random, period) + 1;
  let whole = period;
  const values = Float64Array.from({ length }, () => {
    if (--left <= 0) {
      whole = Math.max(3, Math.round(period * (1 + jitter * randomNormal(random))));
      left = whole;
    }
    return level * Math.max(0, base + (1 - left / whole) ** bend + noise * randomNormal(random));
  });
  return { values, startSeconds: startOf(random), sumSteps: 0 };
}

/** Deployments that change the level, spikes that fade, over another family. */
function disturbed(random: RandomSource, shape: SeriesShape): SyntheticSeries {
  const { values, startSeconds } = seasonalService(random, shape);
  const out = values.slice();
  const scale = values.reduce((sum, each) => sum + each, 0) / values.length;
  let factor = 1;
  const changeRate = 1 / (shape.cycle * logUniform(random, 2, 12));
  const spikeRate = 1 / (shape.cycle * logUniform(random, 0.2, 8));
  const fade = 1 - 1 / logUniform(random, 1, 40);
  let spike = 0;
  for (let t = 0; t < out.length; t++) {
    if (random() < changeRate) {
      factor = Math.exp(0.5 * randomNormal(random));
    }
    spike = random() < spikeRate ? spike + scale * logUniform(random, 0.3, 6) : spike * fade;
    out[t] = out[t]! * factor + spike;
  }
  return { values: out, startSeconds, sumSteps: 0 };
}

/** A resource that follows an activity: with saturation, a base load and noise of its own; `driven` is the clean map. */
function followsActivity(random: RandomSource, shape: SeriesShape): SyntheticSeries {
  const { values: activity, startSeconds } = (random() < 0.5 ? seasonalService : disturbed)(random, shape);
  const mean = activity.reduce((sum, each) => sum + each, 0) / activity.length || 1;
  const bend = uniform(random, 0.6, 1.3);
  const base = uniform(random, 0, 1.5);
  const noise = logUniform(random, 0.01, 0.3);
  const quick = autoregressive(random, shape.length, uniform(random, 0, 0.98));
  const level = logUniform(random, 1e-2, 1e6);
  const driven = activity.map((each) => level * (base + (each / mean) ** bend));
  return { values: driven.map((each, t) => each * Math.exp(noise * quick[t]!)), startSeconds, sumSteps: 0, driven };
}

/** The families of made-up series, by name. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  seasonalService,
  regimeSwitching,
  batchJobs,
  onOff,
  counts,
  movingSum,
  kernels,
  sawTooth,
  disturbed,
  followsActivity,
};

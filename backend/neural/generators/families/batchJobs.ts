import { randomInteger, randomNormal, type RandomSource } from '../../../random/index.ts';
import { logNormal, logUniform, pick, uniform } from './draws/index.ts';
import { idleBase } from './idleBase.ts';
import { drawAccount, finished, jobPeriods, quantised } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/** An idle machine on which jobs run by the clock: each with its period, length and height, some late, some left out. */
export function batchJobs(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length } = shape;
  const account = drawAccount(random, shape.stepSeconds);
  const values = idleBase(random, length);
  const periods = jobPeriods(shape);
  const capacity = random() < 0.4 ? logUniform(random, 5, 100) : Number.POSITIVE_INFINITY;
  let planted = 1;
  let greatest = 0;
  for (let job = 1 + randomInteger(random, 4); job > 0; job--) {
    const period = pick(random, periods);
    const duration = Math.max(0.3, period * logUniform(random, 0.002, 0.3));
    const height = logUniform(random, 0.3, 60);
    addJob(random, values, period, duration, height);
    if (height * Math.sqrt(duration / period) > greatest) {
      greatest = height * Math.sqrt(duration / period);
      planted = period;
    }
  }
  for (let t = 0; t < length; t++) {
    values[t] = Math.min(capacity, values[t]!);
  }
  const shown = random() < 0.4 ? quantised(values, 1 / (1 + randomInteger(random, 12))) : values;
  return [finished(shown, account, shape, { family: 'batchJobs', seasonSteps: planted })];
}

function addJob(random: RandomSource, values: Float64Array, period: number, duration: number, height: number): void {
  const late = random() < 0.6 ? 0 : period * logUniform(random, 0.002, 0.05);
  const skipped = random() < 0.7 ? 0 : uniform(random, 0, 0.4);
  const lengthSpread = random() < 0.4 ? 0 : uniform(random, 0, 0.5);
  const heightSpread = uniform(random, 0, 0.25);
  const ripple = uniform(random, 0, 0.1);
  // A job may start within a step, as one on a period that is no multiple of the step does.
  const phase = period * random();
  for (let due = phase - period; due < values.length; due += period) {
    if (random() < skipped) {
      continue;
    }
    const start = due + Math.abs(late * randomNormal(random));
    const stop = start + duration * logNormal(random, lengthSpread);
    const own = height * logNormal(random, heightSpread);
    for (let t = Math.max(0, Math.floor(start)); t < Math.min(values.length, stop); t++) {
      const share = Math.min(t + 1, stop) - Math.max(t, start);
      values[t]! += share * own * Math.max(0, 1 + ripple * randomNormal(random));
    }
  }
}

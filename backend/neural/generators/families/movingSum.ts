import type { RandomSource } from '../../../random/index.ts';
import { logUniform, pick } from './draws/index.ts';
import { eventCounts } from './eventCounts.ts';
import { drawAccount, finished } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

const WINDOWS = [12, 24, 36, 48, 72, 144, 144, 288];

/** How many events a trailing window of 12 to 288 steps has seen: every event comes, stays, and goes when it is due. */
export function movingSum(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const account = drawAccount(random, shape.stepSeconds);
  const sumSteps = pick(random, WINDOWS);
  const early = { ...account, startSeconds: account.startSeconds - sumSteps * shape.stepSeconds };
  const rate = logUniform(random, 0.5, 300) / sumSteps;
  const events = eventCounts(random, early, { ...shape, length: shape.length + sumSteps }, rate);
  const values = new Float64Array(shape.length);
  let sum = 0;
  for (let t = 0; t < events.length; t++) {
    sum += events[t]!;
    if (t >= sumSteps) {
      sum -= events[t - sumSteps]!;
      values[t - sumSteps] = sum;
    }
  }
  return [finished(values, account, shape, { family: 'movingSum', level: 1, sumSteps })];
}

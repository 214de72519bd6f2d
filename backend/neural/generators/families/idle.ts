import { randomInteger, type RandomSource } from '../../../random/index.ts';
import { logNormal, logUniform, pick, randomPoisson, uniform } from './draws/index.ts';
import { idleBase } from './idleBase.ts';
import { drawAccount, finished, jobPeriods, rhythm } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/** A service that hardly works: constant or zero with rare blips, in a few values, or single events by the clock. */
export function idle(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length, seasonSteps } = shape;
  const account = drawAccount(random, shape.stepSeconds);
  const kind = pick(random, ['constant', 'zero', 'zero', 'base', 'base', 'sparse'] as const);
  const rate = logUniform(random, 1, 200) / length;
  if (kind === 'sparse') {
    const hours = rhythm(random, account, shape);
    const values = hours.map((each) => randomPoisson(random, Math.min(0.4, 3 * rate) * each));
    return [finished(values, account, shape, { family: 'idle', level: 1 })];
  }
  const values = kind === 'base' ? idleBase(random, length) : new Float64Array(length).fill(kind === 'zero' ? 0 : 1);
  const height = logUniform(random, 0.3, 20);
  const spread = uniform(random, 0.1, 1);
  const grain = random() < 0.5 ? 0 : 0.25;
  const blip = (t: number): void => {
    const own = height * logNormal(random, spread);
    values[t]! += grain === 0 ? own : Math.max(grain, Math.round(own / grain) * grain);
  };
  let planted = 1;
  if (random() < 0.5) {
    const period = pick(
      random,
      random() < 0.5 && seasonSteps > 1 && seasonSteps <= length / 2 ? [seasonSteps] : jobPeriods(shape)
    );
    const width = 1 + (random() < 0.7 ? 0 : randomInteger(random, 4));
    planted = period;
    for (let at = randomInteger(random, period); at < length; at += period) {
      for (let t = at; t < Math.min(length, at + width); t++) {
        blip(t);
      }
    }
  }
  if (planted === 1 || random() < 0.4) {
    const lasting = random() < 0.6 ? 1 : logUniform(random, 1, 12);
    for (let t = 0; t < length; t++) {
      if (random() < rate) {
        for (const stop = Math.min(length, t + Math.ceil(lasting * random())); t < stop; t++) {
          blip(t);
        }
      }
    }
  }
  return [finished(values, account, shape, { family: 'idle', seasonSteps: planted })];
}

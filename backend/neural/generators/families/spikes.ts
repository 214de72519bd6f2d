import { randomInteger, type RandomSource } from '../../../random/index.ts';
import { addPulse, PULSE_FORMS } from './addPulse.ts';
import { logNormal, logUniform, pick, uniform } from './draws/index.ts';
import { drawAccount, finished, jobPeriods, redNoise, rhythm } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/** A quiet or seasonal base with spikes: at a fixed period, at random, or each calling for the next. */
export function spikes(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length } = shape;
  const account = drawAccount(random, shape.stepSeconds);
  const hasRhythm = random() < 0.4;
  const base = hasRhythm ? rhythm(random, account, shape) : new Float64Array(length).fill(1);
  const quick = redNoise(random, length, logUniform(random, 0.3, 30));
  const noise = logUniform(random, 0.01, 0.15) * account.noise;
  const values = base.map((each, t) => each * Math.exp(noise * quick[t]!));
  let planted = hasRhythm ? shape.seasonSteps : 1;
  if (random() < 0.6) {
    const period = pick(random, jobPeriods(shape));
    planted = period;
    const form = pick(random, PULSE_FORMS);
    const width = Math.max(1, period * logUniform(random, 0.005, 0.15));
    const height = logUniform(random, 0.5, 20);
    const spread = uniform(random, 0, 0.4);
    const skipped = random() < 0.7 ? 0 : uniform(random, 0, 0.3);
    for (let at = randomInteger(random, period); at < length; at += period) {
      if (random() >= skipped) {
        addPulse(values, form, at, width, height * logNormal(random, spread));
      }
    }
  }
  if (planted === 1 || random() < 0.5) {
    addRandomSpikes(random, values);
  }
  return [finished(values, account, shape, { family: 'spikes', seasonSteps: planted })];
}

function addRandomSpikes(random: RandomSource, values: Float64Array): void {
  const rate = logUniform(random, 2, 60) / values.length;
  const calling = random() < 0.5 ? 0 : uniform(random, 0.2, 0.7);
  const fade = 1 - 1 / logUniform(random, 3, 60);
  const form = pick(random, PULSE_FORMS);
  const width = logUniform(random, 1, 24);
  const height = logUniform(random, 0.5, 15);
  const spread = uniform(random, 0.2, 1.2);
  let excited = 0;
  for (let t = 0; t < values.length; t++) {
    excited *= fade;
    if (random() < rate + excited) {
      excited += calling * (1 - fade);
      addPulse(values, form, t, width * logNormal(random, 0.4), height * logNormal(random, spread));
    }
  }
}

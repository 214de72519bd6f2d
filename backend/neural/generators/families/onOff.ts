import { randomInteger, randomNormal, type RandomSource } from '../../../random/index.ts';
import { logNormal, logUniform, uniform } from './draws/index.ts';
import { idleBase } from './idleBase.ts';
import { drawAccount, finished, quantised, redNoise, rhythm } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/**
 * A machine that is near zero or near full for times of log-normal length (semi-Markov), as batch machines are: some
 * runs take a part of the cores, some go up and down within, some follow the clock.
 */
export function onOff(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length } = shape;
  const account = drawAccount(random, shape.stepSeconds);
  const values = idleBase(random, length);
  const full = logUniform(random, 8, 1000);
  const cores = random() < 0.5 ? 1 : 2 ** (1 + randomInteger(random, 4));
  const quick = redNoise(random, length, logUniform(random, 0.3, 10));
  const noise = logUniform(random, 0.001, 0.05);
  const clock = random() < 0.4 ? rhythm(random, account, shape) : undefined;
  const onTime = logUniform(random, 2, Math.max(6, length / 4));
  const offTime = logUniform(random, 2, Math.max(6, length / 4));
  const spread = uniform(random, 0.1, 1.2);
  const waveShare = random() < 0.6 ? 0 : uniform(random, 0.2, 1);
  let t = Math.round(-offTime * random());
  while (t < length) {
    // Where there is a clock, quiet hours put a run off.
    const wait = offTime * logNormal(random, spread);
    let start = t + wait;
    if (clock !== undefined) {
      for (let tries = 0; tries < 50 && random() > (clock[Math.floor(start)] ?? 1); tries++) {
        start += wait / 4;
      }
    }
    const stop = start + onTime * logNormal(random, spread);
    const height = (full * (1 + randomInteger(random, cores))) / cores;
    run(random, values, quick, {
      start,
      stop,
      height,
      noise,
      wave: random() < waveShare ? uniform(random, 0.2, 0.9) : 0,
    });
    t = Math.max(t + 1, Math.round(stop));
  }
  const isRounded = random() < 0.3;
  const shown = isRounded ? quantised(values, full / 1000) : values;
  return [
    finished(shown, account, shape, { family: 'onOff', seasonSteps: clock === undefined ? 1 : shape.seasonSteps }),
  ];
}

interface Run {
  readonly start: number;
  readonly stop: number;
  readonly height: number;
  readonly noise: number;
  readonly wave: number;
}

/** Writes one run; the steps in which it begins and ends have their part of it. */
function run(
  random: RandomSource,
  values: Float64Array,
  quick: Float64Array,
  { start, stop, height, noise, wave }: Run
): void {
  const turn = (2 * Math.PI) / logUniform(random, 3, Math.max(6, stop - start));
  const isSquare = randomNormal(random) > 0;
  for (let t = Math.max(0, Math.floor(start)); t < Math.min(values.length, stop); t++) {
    const share = Math.min(t + 1, stop) - Math.max(t, start);
    const sine = wave === 0 ? 0 : Math.sin(turn * (t - start));
    const dip = wave * (isSquare ? (sine < 0 ? 1 : 0) : 0.5 * (1 - sine));
    const load = Math.min(height * 1.03, height * (1 - dip) * (1 + noise * quick[t]!));
    values[t] = values[t]! * (1 - share) + share * Math.max(values[t]!, load);
  }
}

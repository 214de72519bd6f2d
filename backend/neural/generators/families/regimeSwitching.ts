import { randomNormal, type RandomSource } from '../../../random/index.ts';
import { logUniform, uniform } from './draws/index.ts';
import { drawAccount, finished, rhythm } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

/**
 * An Ornstein-Uhlenbeck process that switches between two regimes, each with its mean, pull and noise; the mean has a
 * trend, a season and breaks, the noise a slow swing.
 *
 * Source: the regime-switching prior of TempoPFN (`x += pull * (mean - x) + noise * dW`, hidden Markov state).
 */
export function regimeSwitching(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length, seasonSteps } = shape;
  const account = drawAccount(random, shape.stepSeconds);
  const regimes = [0, 1].map(() => ({
    mean: uniform(random, 0.2, 3),
    pull: logUniform(random, 0.003, 0.5),
    noise: logUniform(random, 0.02, 0.7),
    swing: random() < 0.5 ? 0 : uniform(random, 0, 1.5),
    leave: 1 / logUniform(random, 12, Math.max(24, length / 2)),
  }));
  const hasSeason = regimes.some(({ swing }) => swing > 0);
  const season = hasSeason ? rhythm(random, account, shape) : undefined;
  const slope = random() < 0.5 ? 0 : (randomNormal(random) * 1.5) / length;
  const breaks = random() < 0.6 ? 0 : logUniform(random, 1, 8) / length;
  const breath = uniform(random, 0, 0.8);
  const breathTurn = (2 * Math.PI) / logUniform(random, Math.max(2, seasonSteps), 4 * length);
  const values = new Float64Array(length);
  let state = random() < 0.5 ? 0 : 1;
  let x = regimes[state]!.mean;
  let shift = 0;
  for (let t = 0; t < length; t++) {
    if (random() < regimes[state]!.leave) {
      state = 1 - state;
    }
    if (breaks > 0 && random() < breaks) {
      shift = 0.7 * randomNormal(random);
    }
    const { mean, pull, noise, swing } = regimes[state]!;
    const aim = mean + shift + slope * t + (season === undefined ? 0 : swing * (season[t]! - 1));
    x += pull * (aim - x) + noise * (1 + breath * Math.sin(breathTurn * t)) * Math.sqrt(pull) * randomNormal(random);
    values[t] = x;
  }
  const isSigned = random() < 0.2;
  return [
    finished(values, account, shape, {
      family: 'regimeSwitching',
      seasonSteps: hasSeason ? seasonSteps : 1,
      isSigned,
    }),
  ];
}

import type { RandomSource } from '../../../../random/index.ts';
import { logNormal, uniform } from '../draws/index.ts';
import type { SyntheticShape } from '../syntheticSeries.ts';
import type { Account } from './account.ts';
import { ring } from './ring.ts';
import { ringAt } from './ringAt.ts';

const DAY = 86_400;
/** Day 0 of the epoch was a Thursday; Monday is 0 here. */
const EPOCH_WEEKDAY = 3;

/**
 * The activity that an account's clock asks for, without noise: `[length]`, not below 0, about 1 in the mean.
 *
 * Day, week and, where it is shorter or longer than a day, the cycle of the shape; days differ a little.
 */
export function rhythm(random: RandomSource, account: Account, shape: SyntheticShape): Float64Array {
  const { length, stepSeconds, seasonSteps } = shape;
  const period = seasonSteps * stepSeconds;
  const isDaily = period === DAY;
  const day = ring(random, ((account.peakHour + uniform(random, -1.5, 1.5) + 24) % 24) / 24);
  const short = seasonSteps > 1 && !isDaily ? ring(random, random()) : undefined;
  const dayStrength = isDaily ? uniform(random, 0.6, 1) : random() * random();
  const weekStrength = random() < 0.7 ? uniform(random, 0.3, 1) : 0;
  const dayDeviation = random() < 0.5 ? 0 : uniform(random, 0, 0.2);
  const first = account.startSeconds + account.offsetSeconds;
  const out = new Float64Array(length);
  let today = Number.NaN;
  let factor = 1;
  for (let t = 0; t < length; t++) {
    const now = first + t * stepSeconds;
    const date = Math.floor(now / DAY);
    if (date !== today) {
      today = date;
      factor = logNormal(random, dayDeviation);
      factor *= 1 + weekStrength * (account.week[(date + EPOCH_WEEKDAY) % 7]! - 1);
    }
    const daily = 1 + dayStrength * (ringAt(day, (now - date * DAY) / DAY) - 1);
    const value = factor * daily;
    out[t] = short === undefined ? value : value * ringAt(short, (now % period) / period);
  }
  return out;
}

import { excess, pastExcesses } from './pastExcesses.ts';
import { excessRate } from './excessRate.ts';
import { LATE_ROWS, type NearPlan } from './nearPlan.ts';
import type { NearRows } from './nearRows.ts';

/** Errors count as large from so many sizes on, and not more than so much beyond. */
const THRESHOLD = 2;
const MOST = 6;
const HALF_LIFE_DAYS = 7;
const TURNS = 7;
/** What a day earlier says counts so much of what the day after it says. */
const TURN_SHARE = 0.85;
const FEATURES = 7;
/** How likely large errors upwards are at a moment, beside how likely they usually are. */
export interface NearTail {
  /** How many times as likely, an eighth to eight, for a forecast from `origin` with an error of about `size`. */
  factor(origin: number, size: number): number;
  /** Takes in the error of the next row, in sizes, forecast from `origin`. */
  learn(origin: number, size: number, error: number): void;
  /** Goes on by a row that nothing is learnt from. */
  pass(): void;
  /** Forgets `days`. */
  refit(days: number): void;
}

/**
 * The tail of the errors `lead` rows ahead. The size of the usual error does not tell it: jumps come at times of day, in
 * busy hours and one after another, while the usual error stays what it is.
 */
export function nearTail(rows: NearRows, plan: NearPlan, lead: number): NearTail {
  const { cycle, level, jitter, sameTime, windows } = plan;
  const past = pastExcesses(THRESHOLD, MOST, Math.ceil(lead / cycle + TURNS + 1) * cycle + sameTime + LATE_ROWS);
  const rate = excessRate(FEATURES);
  const features = new Float64Array(FEATURES);
  const hour = windows[1]!;
  let usualLogSize = Number.NaN;

  const riseAtSameTime = (origin: number): number => {
    let [largest, second] = [0, 0];
    for (let back = 1; back <= TURNS; back++) {
      const target = origin + lead - Math.ceil(lead / cycle) * cycle - (back - 1) * cycle;
      const from = target - lead;
      if (from < level) {
        break;
      }
      const before = rows.mean(from, level);
      let rise = 0;
      for (let row = target - jitter; row <= Math.min(origin, target + jitter); row++) {
        rise = Math.max(rise, rows.at(row) - before);
      }
      second = Math.max(second, Math.min(largest, rise));
      largest = Math.max(largest, rise);
    }
    return second;
  };

  const read = (origin: number, size: number): void => {
    const usual = rate.usual();
    let [sum, count, weight] = [0, 0, 1];
    for (let back = 1; back <= TURNS; back++) {
      const target = origin + lead - (Math.ceil(lead / cycle) + back - 1) * cycle;
      const end = Math.min(origin, target + sameTime);
      sum += weight * past.sum(target - sameTime, end);
      count += weight * past.count(target - sameTime, end);
      weight *= TURN_SHARE;
    }
    const prior = Math.ceil((4 * sameTime) / 3);
    const hourSum = past.sum(origin - hour + 1, origin);
    const hourCount = past.count(origin - hour + 1, origin);
    const slope = rows.mean(origin, 3) - rows.mean(Math.max(0, origin - 3), windows[0]!);
    features[0] = 1;
    features[1] = Math.log((sum + prior * usual) / ((count + prior) * usual));
    features[2] = within(past.errorAt(origin), -3, 6) / 3;
    features[3] = Math.log((hourSum + (hour / 2) * usual) / ((hourCount + hour / 2) * usual));
    features[4] = Number.isNaN(usualLogSize) ? 0 : within(Math.log(size) - usualLogSize, -2, 2);
    features[5] = within(slope / size, -4, 4) / 3;
    features[6] = Math.min(3, Math.log1p(riseAtSameTime(origin) / size)) / 2;
  };

  return {
    factor(origin, size) {
      read(origin, size);
      return rate.factor(features);
    },
    learn(origin, size, error) {
      read(origin, size);
      rate.learn(features, excess(error, THRESHOLD, MOST));
      const logSize = Math.log(size);
      usualLogSize = Number.isNaN(usualLogSize) ? logSize : usualLogSize + (logSize - usualLogSize) / plan.daySteps;
      past.add(error);
    },
    pass() {
      past.add(undefined);
    },
    refit(days) {
      rate.decay(0.5 ** (days / HALF_LIFE_DAYS));
    },
  };
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

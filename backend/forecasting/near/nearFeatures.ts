import type { NearPlan } from './nearPlan.ts';
import type { NearRows } from './nearRows.ts';
import { sameTimeChanges, type SameTimeChanges } from './sameTimeChanges.ts';

const TURNS = 7;
const TINY = 1e-3;
const LEAST_REACH = 0.02;
const LEAST_LIMIT = 0.1;

/** How many features the location is regressed on. */
export const LOCATION_FEATURES = 24;

/** How many of the series the logarithm of the error's size is regressed on; the model's own past errors come after. */
export const SCALE_FEATURES = 8;

/** What the value `lead` steps after the last known row is told from, all as differences from the present level. */
export interface NearFeatures {
  readonly location: Float64Array;
  /** `[SCALE_FEATURES]`, then room for the sizes of the model's own past errors. */
  readonly scale: Float64Array;
  /** The change that usually followed at this time in the last turns of the cycle; 0 where none is known. */
  usualChange: number;
  /** Means of a quarter of an hour and of an hour. */
  readonly means: Float64Array;
  level: number;
}

export function emptyNearFeatures(errorFeatures: number): NearFeatures {
  return {
    location: new Float64Array(LOCATION_FEATURES),
    scale: new Float64Array(SCALE_FEATURES + errorFeatures),
    usualChange: 0,
    means: new Float64Array(2),
    level: 0,
  };
}

const smooth = new Float64Array(TURNS);
const sharp = new Float64Array(TURNS);
const smoothSum: SameTimeChanges = { mean: 0, spread: 0, high: 0 };
const sharpSum: SameTimeChanges = { mean: 0, spread: 0, high: 0 };

/**
 * Writes the features of `origin`, the last row that may be seen, for a lead of 1 or more.
 *
 * Whatever one odd row or one odd day can blow up is held near what the others say: a regression on it would carry the
 * oddity over to where nothing odd happens. `clock` is the row's number in the day's count of steps, so that the
 * harmonics do not depend on the history's start.
 */
export function readNearFeatures(
  rows: NearRows,
  plan: NearPlan,
  origin: number,
  lead: number,
  clock: number,
  into: NearFeatures
): void {
  const { level: width, cycle, shortCycle, windows } = plan;
  const { location, scale, means } = into;
  const level = rows.mean(origin, width);
  const turn = Math.ceil(lead / cycle) - 1;
  let known = 0;
  let levels = 0;
  for (let back = 1; back <= TURNS; back++) {
    const shift = (turn + back) * cycle;
    if (origin - shift < width) {
      break;
    }
    const past = rows.mean(origin - shift, width);
    smooth[known] = rows.mean(Math.min(origin, origin - shift + lead + 1), 3) - past;
    sharp[known] = rows.at(origin - shift + lead) - past;
    levels += past - level;
    known++;
  }
  sameTimeChanges(smooth, known, smoothSum);
  sameTimeChanges(sharp, known, sharpSum);
  const reach = 3 * sharpSum.spread + LEAST_REACH;
  const shortTurn = Math.ceil(lead / shortCycle);
  const shortAt = (back: number): number => {
    const shift = (shortTurn + back) * shortCycle;
    return origin - shift < width ? 0 : rows.at(origin - shift + lead) - rows.mean(origin - shift, width);
  };
  const short = shortAt(0);
  const usualShort = median(short, shortAt(1), shortAt(2));
  const hourly = rows.volatility(origin, windows[1]!);
  const limit = LEAST_LIMIT + 6 * hourly;
  const yesterday = origin - (turn + 1) * cycle;
  const angle = (2 * Math.PI * ((clock + lead) % plan.daySteps)) / plan.daySteps;
  let at = 0;
  location[at++] = 1;
  for (let back = 0; back < 3; back++) {
    location[at++] = near(rows.at(origin - back) - level, 0, limit);
  }
  for (const window of windows) {
    location[at++] = rows.mean(origin, window) - level;
  }
  location[at++] = near(level - rows.mean(origin - width, width), 0, limit);
  location[at++] = rows.mean(origin, windows[1]!) - rows.mean(origin - windows[1]!, windows[1]!);
  location[at++] = smoothSum.mean;
  location[at++] = sharpSum.mean;
  location[at++] = known === 0 ? 0 : near(sharpSum.high, sharpSum.mean, reach);
  location[at++] = known === 0 ? 0 : near(sharp[0]!, sharpSum.mean, reach);
  location[at++] = known === TURNS ? near(sharp[TURNS - 1]!, sharpSum.mean, reach) : sharpSum.mean;
  location[at++] =
    known === 0
      ? 0
      : near(
          rows.mean(Math.min(origin, yesterday + lead + 2), 5) - rows.mean(yesterday, width),
          smoothSum.mean,
          3 * smoothSum.spread + LEAST_REACH
        );
  location[at++] = known === 0 ? 0 : rows.mean(yesterday, windows[0]!) - level;
  location[at++] = known === 0 ? 0 : levels / known;
  location[at++] = near(short, usualShort, Math.abs(usualShort) + 3 * hourly);
  location[at++] = usualShort;
  location[at++] = Math.sin(angle);
  location[at++] = Math.cos(angle);
  location[at++] = Math.sin(2 * angle);
  location[at] = Math.cos(2 * angle);
  scale[0] = 1;
  scale[1] = Math.log(TINY + rows.volatility(origin, width));
  scale[2] = Math.log(TINY + hourly);
  scale[3] = Math.log(TINY + rows.volatility(origin, windows[3]!));
  scale[4] = known < 3 ? scale[3] : Math.log(TINY + sharpSum.spread);
  scale[5] = known === 0 ? scale[4] : Math.log(TINY + Math.max(0, sharpSum.high - sharpSum.mean));
  scale[6] = level - rows.mean(origin, windows[3]!);
  scale[7] = Math.log(TINY + Math.abs(usualShort));
  means[0] = rows.mean(origin, windows[0]!) - level;
  means[1] = rows.mean(origin, windows[1]!) - level;
  into.usualChange = smoothSum.mean;
  into.level = level;
}

function near(value: number, centre: number, reach: number): number {
  return Math.max(centre - reach, Math.min(centre + reach, value));
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

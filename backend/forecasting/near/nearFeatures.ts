import type { NearPlan } from './nearPlan.ts';
import type { NearRows } from './nearRows.ts';

const TURNS = 7;

/** How many features the location is regressed on. */
export const LOCATION_FEATURES = 23;

/** How many the logarithm of the error's size is regressed on. */
export const SCALE_FEATURES = 7;

/** What the value `lead` steps after the last known row is told from, all as differences from the present level. */
export interface NearFeatures {
  readonly location: Float64Array;
  readonly scale: Float64Array;
  /** The mean change that followed at this time in the last turns of the cycle; 0 where none is known. */
  usualChange: number;
  level: number;
}

export function emptyNearFeatures(): NearFeatures {
  return {
    location: new Float64Array(LOCATION_FEATURES),
    scale: new Float64Array(SCALE_FEATURES),
    usualChange: 0,
    level: 0,
  };
}

/**
 * Writes the features of `origin`, the last row that may be seen, for a lead of 1 or more.
 *
 * `clock` is the row's number in the day's count of steps, so that the harmonics do not depend on the history's start.
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
  const { location, scale } = into;
  const level = rows.mean(origin, width);
  const turn = Math.ceil(lead / cycle) - 1;
  let known = 0;
  let sum = 0;
  let squares = 0;
  let largest = -Infinity;
  let levels = 0;
  let first = 0;
  let last = 0;
  for (let back = 1; back <= TURNS; back++) {
    const shift = (turn + back) * cycle;
    if (origin - shift < width) {
      break;
    }
    const past = rows.mean(origin - shift, width);
    const centre = Math.min(origin, origin - shift + lead + 1);
    const change = rows.mean(centre, 3) - past;
    last = rows.at(origin - shift + lead) - past;
    first = back === 1 ? last : first;
    sum += change;
    squares += change * change;
    largest = Math.max(largest, last);
    levels += past - level;
    known++;
  }
  const usual = known === 0 ? 0 : sum / known;
  const shortTurn = Math.ceil(lead / shortCycle);
  let short = 0;
  let shorts = 0;
  for (let back = 0; back < 3; back++) {
    const shift = (shortTurn + back) * shortCycle;
    const change = origin - shift < width ? 0 : rows.at(origin - shift + lead) - rows.mean(origin - shift, width);
    short = back === 0 ? change : short;
    shorts += change / 3;
  }
  const yesterday = origin - (turn + 1) * cycle;
  const angle = (2 * Math.PI * ((clock + lead) % plan.daySteps)) / plan.daySteps;
  let at = 0;
  location[at++] = 1;
  for (let back = 0; back < 3; back++) {
    location[at++] = rows.at(origin - back) - level;
  }
  for (const window of windows) {
    location[at++] = rows.mean(origin, window) - level;
  }
  location[at++] = level - rows.mean(origin - width, width);
  location[at++] = rows.mean(origin, windows[1]!) - rows.mean(origin - windows[1]!, windows[1]!);
  location[at++] = usual;
  location[at++] = known === 0 ? 0 : largest;
  location[at++] = first;
  location[at++] = known === TURNS ? last : usual;
  location[at++] = known === 0 ? 0 : rows.mean(Math.min(origin, yesterday + lead + 2), 5) - rows.mean(yesterday, width);
  location[at++] = known === 0 ? 0 : rows.mean(yesterday, windows[0]!) - level;
  location[at++] = known === 0 ? 0 : levels / known;
  location[at++] = short;
  location[at++] = shorts;
  location[at++] = Math.sin(angle);
  location[at++] = Math.cos(angle);
  location[at++] = Math.sin(2 * angle);
  location[at] = Math.cos(2 * angle);
  const tiny = 1e-3;
  scale[0] = 1;
  scale[1] = Math.log(tiny + rows.volatility(origin, width));
  scale[2] = Math.log(tiny + rows.volatility(origin, windows[1]!));
  scale[3] = Math.log(tiny + rows.volatility(origin, windows[3]!));
  scale[4] = known < 2 ? scale[3] : Math.log(tiny + Math.sqrt(Math.max(0, squares / known - usual * usual)));
  scale[5] = known === 0 ? 0 : Math.abs(largest - usual);
  scale[6] = level - rows.mean(origin, windows[3]!);
  into.usualChange = usual;
  into.level = level;
}

import { firstCycle } from './earlierCycles.ts';
import { CYCLE_COUNT, KEY_FEATURES, PATCH_STEPS } from './windowShape.ts';
import { isWeekend } from './windowFeatures.ts';
import type { WindowView } from './windowView.ts';

const SECONDS_PER_DAY = 86_400;
/** What a cycle that the history does not reach is marked with; the network gives it no attention. */
export const UNAVAILABLE = 1;

/** Writes, for each earlier cycle, how like the present it was at the same moment, and what sort of day it was. */
export function writeKeys(out: Float32Array, { series, earlier }: WindowView, lead: number): void {
  const { end, cycle, first, startSeconds, stepSeconds } = series;
  const newest = firstCycle(series, lead);
  const secondsAt = (index: number): number => startSeconds + index * stepSeconds;
  const target = secondsAt(end + lead - 1 + PATCH_STEPS / 2);
  const isTargetWeekend = isWeekend(Math.floor(target / SECONDS_PER_DAY));
  for (let k = 0; k < CYCLE_COUNT; k++) {
    const key = k * KEY_FEATURES;
    const back = newest + k;
    const then = end - back * cycle;
    out[key] = k / CYCLE_COUNT;
    out[key + 1] = Math.log(back) / 4;
    const source = target - back * cycle * stepSeconds;
    out[key + 2] = isWeekend(Math.floor(source / SECONDS_PER_DAY)) === isTargetWeekend ? 1 : 0;
    const days = (back * cycle * stepSeconds) / SECONDS_PER_DAY;
    out[key + 3] = Number.isInteger(days) && days % 7 === 0 ? 1 : 0;
    if (then <= first) {
      out[key + KEY_FEATURES - 1] = UNAVAILABLE;
      continue;
    }
    out[key + KEY_FEATURES - 1] = 0;
    out.set(earlier.at(back).likeness, key + 4);
  }
}

import { firstCycle } from './continuation.ts';
import { levelMean } from './levelMean.ts';
import { CYCLE_COUNT, KEY_FEATURES, PATCH_STEPS } from './windowShape.ts';
import { isWeekend } from './windowFeatures.ts';
import type { WindowView } from './windowView.ts';

const SECONDS_PER_DAY = 86_400;
const COMPARED = [1, 3, 12, 48, 144] as const;
const SHAPE_STEPS = 48;
/** What a cycle that the history does not reach is marked with; the network gives it no attention. */
export const UNAVAILABLE = 1;

/** Writes, for each earlier cycle, how like the present it was at the same moment, and what sort of day it was. */
export function writeKeys(out: Float32Array, { series, z, recentZ }: WindowView, lead: number): void {
  const { end, cycle, filled, first, startSeconds, stepSeconds } = series;
  const newest = firstCycle(series, lead);
  const secondsAt = (index: number): number => startSeconds + index * stepSeconds;
  const target = secondsAt(end + lead - 1 + PATCH_STEPS / 2);
  const isTargetWeekend = isWeekend(Math.floor(target / SECONDS_PER_DAY));
  for (let k = 0; k < CYCLE_COUNT; k++) {
    const key = out.subarray(k * KEY_FEATURES, (k + 1) * KEY_FEATURES);
    const back = newest + k;
    const then = end - back * cycle;
    key[0] = k / CYCLE_COUNT;
    key[1] = Math.log(back) / 4;
    const source = target - back * cycle * stepSeconds;
    key[2] = isWeekend(Math.floor(source / SECONDS_PER_DAY)) === isTargetWeekend ? 1 : 0;
    const days = (back * cycle * stepSeconds) / SECONDS_PER_DAY;
    key[3] = Number.isInteger(days) && days % 7 === 0 ? 1 : 0;
    if (then <= first) {
      key[KEY_FEATURES - 1] = UNAVAILABLE;
      continue;
    }
    key[KEY_FEATURES - 1] = 0;
    COMPARED.forEach((steps, i) => {
      key[4 + i] = Math.min(3, Math.abs(z(levelMean(series, end, steps)) - z(levelMean(series, then, steps))));
    });
    const count = Math.min(SHAPE_STEPS, recentZ.length, then - first);
    let raw = 0;
    let mean = 0;
    for (let i = 0; i < count; i++) {
      const difference = recentZ[recentZ.length - 1 - i]! - z(filled[then - 1 - i]!);
      raw += Math.abs(difference);
      mean += difference;
    }
    mean /= count;
    let shape = 0;
    for (let i = 0; i < count; i++) {
      shape += Math.abs(recentZ[recentZ.length - 1 - i]! - z(filled[then - 1 - i]!) - mean);
    }
    key[9] = Math.min(3, raw / count);
    key[10] = Math.min(3, shape / count);
    key[11] = Math.max(-3, Math.min(3, mean));
  }
}

import { selectMedian } from '../../statistics/index.ts';
import type { DriftState } from './driftState.ts';
import { relevelledMeans } from './relevelled.ts';

const DAYS = 7;
const LEAST_DAYS = 2;
const BLOCKS = 3;
const HOUR_SECONDS = 3600;
const [YOUNGEST_SECONDS, OLDEST_SECONDS] = [6 * HOUR_SECONDS, 48 * HOUR_SECONDS];

/**
 * Whether the last shift was none after all but a long spike: within two days the series lies for three blocks in a row
 * nearer to what was usual at these hours before the shift than to that at the new level.
 */
export function hasReturned(state: DriftState, perDay: number): boolean {
  const { shifts, untilSeconds, blockSeconds } = state;
  const last = shifts.at(-1);
  const age = last === undefined || untilSeconds === null ? 0 : untilSeconds - last.atSeconds;
  if (last === undefined || untilSeconds === null || age < YOUNGEST_SECONDS || age > OLDEST_SECONDS) {
    return false;
  }
  const means = relevelledMeans(state.means, shifts.slice(0, -1), untilSeconds, blockSeconds);
  const first = means.length - Math.round(age / blockSeconds);
  return Array.from({ length: BLOCKS }, (_, back) => means.length - 1 - back).every((at) => {
    const mean = means[at] ?? null;
    const before = Array.from({ length: DAYS + 2 }, (_, day) => at - (day + 1) * perDay)
      .filter((index) => index < first)
      .flatMap((index) => means[index] ?? []);
    if (mean === null || before.length < LEAST_DAYS) {
      return false;
    }
    const usual = selectMedian(Float64Array.from(before));
    const moved = last.ratio === null ? usual + last.offset : usual * last.ratio;
    return Math.abs(mean - usual) < Math.abs(mean - moved);
  });
}

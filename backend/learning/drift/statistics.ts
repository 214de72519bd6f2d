import { selectMedian } from '../../statistics/index.ts';
import type { DriftBlock } from './driftBlock.ts';

/** A day: within it the spread has its own course. */
export const SPREAD_BLOCKS = 24;

/** How far the residuals of a block lie to one side: beyond it are seven tenths of them. */
export function jumpOf(block: DriftBlock): number | undefined {
  return block.near === null ? undefined : oneSide(block.near[0], block.near[2]);
}

/** How far six-hours-old forecasts were off to one side in each of the last `count` blocks; a spike that is shorter is none. */
export function levelOf(blocks: readonly DriftBlock[], count: number): number | undefined {
  const middles = blocks.slice(-count).flatMap(({ far }) => (far === null ? [] : [far[1]]));
  return middles.length < count ? undefined : oneSide(Math.min(...middles), Math.max(...middles));
}

/** The usual spread within an hour, of the last `count`; two thirds of them have to be known. */
export function spreadOf(blocks: readonly DriftBlock[], count: number): number | undefined {
  const spreads = blocks.slice(-count).flatMap(({ spread }) => (spread === null ? [] : [spread]));
  return spreads.length * 3 < 2 * count ? undefined : selectMedian(Float64Array.from(spreads));
}

/** Of the mean deviation within a week; a smaller rise changes nothing that anybody would do. */
const LEAST_RISE = 0.5;

/** The rise in a week, where each of the last `days` days lay above the same day a week before; undefined where not. */
export function weeklyRise(means: ReadonlyArray<number | null>, perDay: number, days: number): number | undefined {
  const levels: number[] = [];
  for (let end = means.length; end >= perDay && levels.length < days + 7; end -= perDay) {
    const known = means.slice(end - perDay, end).filter((value) => value !== null);
    levels.push(
      known.length < 0.75 * perDay ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length
    );
  }
  const rises = Array.from({ length: days }, (_, back) => levels[back]! - levels[back + 7]!);
  const rise = rises.reduce((sum, each) => sum + each, 0) / days;
  return levels.length === days + 7 &&
    rises.every((each) => each > 0) &&
    rise > LEAST_RISE * unevenness(means.slice(-7 * perDay))
    ? rise
    : undefined;
}

function oneSide(low: number, high: number): number {
  return Math.max(low, -high, 0);
}

/** The mean absolute deviation of what is known. */
function unevenness(means: ReadonlyArray<number | null>): number {
  const known = means.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return known.reduce((sum, value) => sum + Math.abs(value - mean), 0) / known.length;
}

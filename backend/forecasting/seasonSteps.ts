import { quantileSorted, sortedObserved } from '../statistics/index.ts';
import type { Series } from '../timeseries/index.ts';

const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;

/** Each cycle is compared with lags a little shorter and longer than itself, which share its trend but not its phase. */
const CYCLES = [
  { seconds: DAY, offset: DAY / 4 },
  { seconds: WEEK, offset: DAY },
  { seconds: HOUR, offset: HOUR / 3 },
] as const;

const MIN_STRENGTH = 0.1;
/** The strength that chance gives to noise, times the root of the number of pairs; rarely exceeded. */
const CHANCE = 1.5;
const MIN_PAIRS = 7;
const CYCLE_PARTS = 24;

/**
 * The steps of the main season (a day before a week before an hour), 1 where there is none.
 *
 * A cycle counts when values one cycle apart differ less, by a tenth and what chance may do, than values a little more
 * and a little less apart, and two cycles are there. Values beyond the outermost hundredths are cut off and the rest averaged over
 * at most a 24th of the cycle first, so that neither a spike makes a season nor noise hides one.
 */
export function detectSeasonSteps({ grid, values }: Series): number {
  const sorted = sortedObserved(values);
  const low = quantileSorted(sorted, 0.01);
  const high = quantileSorted(sorted, 0.99);
  const clipped = values.map((value) => Math.min(high, Math.max(low, value)));
  for (const { seconds, offset } of CYCLES) {
    const steps = seconds / grid.stepSeconds;
    if (!Number.isInteger(steps) || steps < 4 || 2 * steps > values.length) {
      continue;
    }
    const block = smoothingBlock(steps);
    const offsetBlocks = Math.max(1, Math.round(offset / grid.stepSeconds / block));
    const means = blockMeans(clipped, block);
    const chance = CHANCE / Math.sqrt(means.length - steps / block);
    if (seasonalStrength(means, steps / block, offsetBlocks) >= MIN_STRENGTH + chance) {
      return steps;
    }
  }
  return 1;
}

/**
 * The season that was found, or a day where none was but the history is shorter than two: then nothing is known of a
 * day, and the models say so.
 */
export function presumedSeasonSteps(series: Series): number {
  const found = detectSeasonSteps(series);
  const day = Math.round(DAY / series.grid.stepSeconds);
  return found === 1 && day >= 4 && series.values.length < 2 * day ? day : found;
}

/** The most steps that go evenly into a cycle and leave at least 24 parts of it. */
function smoothingBlock(steps: number): number {
  let block = Math.max(1, Math.floor(steps / CYCLE_PARTS));
  while (steps % block !== 0) {
    block--;
  }
  return block;
}

/** Means of `size` values, counted from the end; what is over at the start is left out, missing values are skipped. */
function blockMeans(values: Float64Array, size: number): Float64Array {
  const means = new Float64Array(Math.floor(values.length / size));
  const first = values.length - means.length * size;
  for (let block = 0; block < means.length; block++) {
    let sum = 0;
    let count = 0;
    for (let t = first + block * size; t < first + (block + 1) * size; t++) {
      if (!Number.isNaN(values[t])) {
        sum += values[t]!;
        count++;
      }
    }
    means[block] = sum / count;
  }
  return means;
}

/**
 * By how much less values `lag` apart differ than values `lag - offset` and `lag + offset` apart, as a share of 1; NaN
 * where too few pairs are measured.
 */
export function seasonalStrength(values: Float64Array, lag: number, offset: number): number {
  const around = (meanDifference(values, lag - offset) + meanDifference(values, lag + offset)) / 2;
  return around > 0 ? 1 - meanDifference(values, lag) / around : 0;
}

/** The mean absolute deviation of the differences at `lag` from their own mean, so that a trend is no difference. */
function meanDifference(values: Float64Array, lag: number): number {
  let sum = 0;
  let count = 0;
  for (let t = lag; t < values.length; t++) {
    const difference = values[t]! - values[t - lag]!;
    if (!Number.isNaN(difference)) {
      sum += difference;
      count++;
    }
  }
  const mean = sum / count;
  let deviation = 0;
  for (let t = lag; t < values.length; t++) {
    const difference = values[t]! - values[t - lag]!;
    deviation += Number.isNaN(difference) ? 0 : Math.abs(difference - mean);
  }
  return count < MIN_PAIRS ? Number.NaN : deviation / count;
}

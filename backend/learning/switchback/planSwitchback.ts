import { randomInteger, seededRandom } from '../../random/index.ts';
import { normalQuantile } from '../../statistics/index.ts';
import { ERROR_RATE } from './judgeSwitchback.ts';
import { spentBounds } from './spentBounds.ts';

export const POWER = 0.8;
const DRAWS = 400;
const FEWEST_PERIODS = 3;

/** What past data say before a test begins. */
export interface SwitchbackPower {
  /** The mean outcome of a window, and its deviation around its time of the day. */
  readonly mean: number;
  readonly deviation: number;
  /** Of two windows that follow each other, the time of the day taken out. */
  readonly autocorrelation: number;
  /** The smallest effect that a test of so many blocks finds with probability `POWER`. */
  readonly points: ReadonlyArray<{ readonly blocks: number; readonly minimumEffect: number }>;
}

/**
 * How small an effect tests of given lengths would find, by tests on the past: whole periods are drawn anew (blocks, which
 * keep how windows follow each other), coins are thrown, an effect is planted, and the looks and bounds are those of a test.
 *
 * `past`: outcomes of windows in order of time from a period's start on, NaN where missing. Undefined with fewer than four
 * periods that can be compared with the one after.
 */
export function planSwitchback(
  past: Float64Array,
  windowsAPeriod: number,
  blockCounts: readonly number[],
  seed: number
): SwitchbackPower | undefined {
  const rows = periodDifferences(past, windowsAPeriod);
  if (rows.length < FEWEST_PERIODS) {
    return undefined;
  }
  const known = past.filter((value) => !Number.isNaN(value));
  return {
    mean: known.reduce((sum, value) => sum + value, 0) / known.length,
    ...remainder(past, windowsAPeriod),
    points: blockCounts.map((blocks) => ({
      blocks,
      minimumEffect: caution(rows.length - 1) * minimumEffect(rows, windowsAPeriod, blocks, seed),
    })),
  };
}

/**
 * How much larger the deviation may be than that of so few periods: its bound that holds four times in five, so that what
 * is promised does not rest on a past that happened to be calm. The quantile of chi square is Wilson and Hilferty's.
 */
function caution(freedom: number): number {
  const spread = 2 / (9 * freedom);
  return (1 - spread + normalQuantile(1 - POWER) * Math.sqrt(spread)) ** -1.5;
}

/** A period less the one after, window by window; those without a measured pair are left out. */
function periodDifferences(past: Float64Array, windowsAPeriod: number): Float64Array[] {
  const rows: Float64Array[] = [];
  for (let start = 0; start + 2 * windowsAPeriod <= past.length; start += windowsAPeriod) {
    const row = Float64Array.from(
      { length: windowsAPeriod },
      (_, slot) => past[start + slot]! - past[start + windowsAPeriod + slot]!
    );
    if (row.some((value) => !Number.isNaN(value))) {
      rows.push(row);
    }
  }
  return rows;
}

interface DrawnLook {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

function minimumEffect(rows: readonly Float64Array[], windowsAPeriod: number, blocks: number, seed: number): number {
  const random = seededRandom(seed);
  const bounds = spentBounds(
    Array.from({ length: blocks }, (_, look) => ({ count: look + 1, time: (look + 1) / blocks })),
    ERROR_RATE
  );
  const draws = Array.from({ length: DRAWS }, (): DrawnLook[] => {
    let [count, sum, squares] = [0, 0, 0];
    return Array.from({ length: blocks }, () => {
      const row = rows[randomInteger(random, rows.length)]!;
      for (let slot = 0; slot < windowsAPeriod; slot++) {
        const value = row[slot]! * (random() < 0.5 ? -1 : 1);
        if (!Number.isNaN(value)) {
          count++;
          sum += value;
          squares += value * value;
        }
      }
      return { count, sum, squares };
    });
  });
  const power = (effect: number): number =>
    draws.filter((looks) => looks.some((look, index) => isFound(look, bounds[index]!.bound, effect))).length / DRAWS;
  const largest = Math.max(...draws.flat().map(({ count, squares }) => (count === 0 ? 0 : Math.sqrt(squares / count))));
  if (largest === 0) {
    return 0;
  }
  let [low, high] = [0, largest];
  for (let i = 0; i < 20 && power(high) < POWER; i++) {
    [low, high] = [high, 2 * high];
  }
  if (power(high) < POWER) {
    return Number.POSITIVE_INFINITY;
  }
  for (let i = 0; i < 25; i++) {
    const middle = (low + high) / 2;
    [low, high] = power(middle) < POWER ? [middle, high] : [low, middle];
  }
  return high;
}

/** As `pairInterval`, from sums. */
function isFound({ count, sum, squares }: DrawnLook, bound: number, effect: number): boolean {
  const total = sum + count * effect;
  const all = squares + 2 * effect * sum + count * effect * effect;
  return Math.abs(total) > bound * Math.sqrt(all) && total * effect > 0;
}

function remainder(past: Float64Array, windowsAPeriod: number): { deviation: number; autocorrelation: number } {
  const profile = Array.from({ length: windowsAPeriod }, (_, slot) => {
    const known = past.filter((value, index) => index % windowsAPeriod === slot && !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  const rest = past.map((value, index) => value - profile[index % windowsAPeriod]!);
  let [squares, products, count] = [0, 0, 0];
  for (let index = 0; index < rest.length; index++) {
    const [value, next] = [rest[index]!, rest[index + 1] ?? Number.NaN];
    if (!Number.isNaN(value)) {
      count++;
      squares += value * value;
      products += Number.isNaN(next) ? 0 : value * next;
    }
  }
  return { deviation: Math.sqrt(squares / Math.max(1, count)), autocorrelation: squares > 0 ? products / squares : 0 };
}

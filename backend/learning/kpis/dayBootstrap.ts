import { randomInteger, type RandomSource } from '../../random/index.ts';

const DRAWS = 300;
const FEWEST_DAYS = 7;

/** A sum over days with its interval of 95 %; null where there are too few days to say how sure it is. */
export interface DayEstimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The sum of daily figures, in order of time, with the interval that drawing days anew gives: runs of days, so that what
 * holds on from one day to the next counts, around the ends too (Politis and Romano, the circular block bootstrap, 1992).
 */
export function dayBootstrap(days: readonly number[], random: RandomSource): DayEstimate {
  const value = days.reduce((sum, day) => sum + day, 0);
  const { length } = days;
  if (length < FEWEST_DAYS) {
    return { value, low: null, high: null };
  }
  const run = Math.max(2, Math.round(Math.cbrt(length)));
  const sums = Float64Array.from({ length: DRAWS }, () => {
    let [sum, drawn] = [0, 0];
    while (drawn < length) {
      const start = randomInteger(random, length);
      for (let i = 0; i < run && drawn < length; i++, drawn++) {
        sum += days[(start + i) % length]!;
      }
    }
    return sum;
  }).sort();
  const at = (share: number): number => sums[Math.round(share * (DRAWS - 1))]!;
  // Around the sum as it is: the quantiles of the draws, turned over (the basic bootstrap).
  return { value, low: 2 * value - at(0.975), high: 2 * value - at(0.025) };
}

import { timeAt, type TimeGrid } from '../timeseries/index.ts';

/** Times are read to the millisecond, so a sample this close to an instant lies on it. */
const TOLERANCE_SECONDS = 0.0015;

export interface Placement {
  /** `[instant]` of the grid; NaN where there was no sample or its value was not finite. */
  readonly values: Float64Array;
  /** Samples between the grid's instants. */
  readonly offGridCount: number;
  /** Samples at an instant that had a sample of another value already: the later one in the list holds. */
  readonly conflictCount: number;
}

/** Puts samples (`times` in epoch seconds, in any order) on the instants of `grid`; those before and after it are dropped. */
export function placeSamples(grid: TimeGrid, times: ArrayLike<number>, samples: ArrayLike<number>): Placement {
  const values = new Float64Array(grid.length).fill(Number.NaN);
  const isTaken = new Uint8Array(grid.length);
  let offGridCount = 0;
  let conflictCount = 0;
  for (let i = 0; i < times.length; i++) {
    const index = Math.round((times[i]! - grid.startSeconds) / grid.stepSeconds);
    if (Math.abs(timeAt(grid, index) - times[i]!) > TOLERANCE_SECONDS) {
      offGridCount++;
    } else if (index >= 0 && index < grid.length) {
      const value = Number.isFinite(samples[i]) ? samples[i]! : Number.NaN;
      conflictCount += isTaken[index] === 1 && !Object.is(values[index], value) ? 1 : 0;
      values[index] = value;
      isTaken[index] = 1;
    }
  }
  return { values, offGridCount, conflictCount };
}

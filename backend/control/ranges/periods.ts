import { gridEnd, gridIndexAt, timeAt, type Series, type TimeGrid } from '../../timeseries/index.ts';

/** The means and the peaks of whole periods, each at its end; NaN where too little of a period was measured. */
export interface Periods {
  readonly grid: TimeGrid;
  readonly mean: Float64Array;
  readonly peak: Float64Array;
}

/** Of a period that is measured less than this, neither mean nor peak are known: nights alone are no day. */
const LEAST_SHARE = 0.75;

/**
 * Samples as periods of `stepSeconds`: the one that ends at t has the samples in (t - step, t].
 *
 * `samples` must begin one sample after a period's start and end with a period; its step divides the period.
 */
export function periodsOf(samples: Series, stepSeconds: number): Periods {
  const each = Math.round(stepSeconds / samples.grid.stepSeconds);
  const length = Math.floor(samples.values.length / each);
  const mean = new Float64Array(length).fill(Number.NaN);
  const peak = new Float64Array(length).fill(Number.NaN);
  for (let period = 0; period < length; period++) {
    let sum = 0;
    let count = 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = period * each; i < (period + 1) * each; i++) {
      const value = samples.values[i]!;
      if (Number.isFinite(value)) {
        sum += value;
        count++;
        highest = Math.max(highest, value);
      }
    }
    if (count >= LEAST_SHARE * each) {
      mean[period] = sum / count;
      peak[period] = highest;
    }
  }
  const startSeconds = samples.grid.startSeconds - samples.grid.stepSeconds + stepSeconds;
  return { grid: { startSeconds, stepSeconds, length }, mean, peak };
}

/** Both, one grid: where `fresh` knows a period it holds, else what was known; at most `most` up to the end of `fresh`. */
export function joinPeriods(known: Periods | undefined, fresh: Periods, most: number): Periods {
  const { stepSeconds } = fresh.grid;
  const endSeconds = gridEnd(fresh.grid);
  const first = Math.min(known?.grid.startSeconds ?? Number.POSITIVE_INFINITY, fresh.grid.startSeconds);
  const length = Math.min(most, Math.round((endSeconds - first) / stepSeconds) + 1);
  const grid: TimeGrid = { startSeconds: endSeconds - (length - 1) * stepSeconds, stepSeconds, length };
  const joined = (of: 'mean' | 'peak') => {
    const values = new Float64Array(length).fill(Number.NaN);
    for (const part of [known, fresh]) {
      if (part !== undefined) {
        const shift = gridIndexAt(part.grid, grid.startSeconds);
        values.forEach((before, index) => {
          const value = part[of][index + shift];
          values[index] = value === undefined || Number.isNaN(value) ? before : value;
        });
      }
    }
    return values;
  };
  return withoutEmptyStart({ grid, mean: joined('mean'), peak: joined('peak') });
}

/** The periods that end at `endSeconds` or before; `undefined` where there are none. */
export function periodsUntil({ grid, mean, peak }: Periods, endSeconds: number): Periods | undefined {
  const length = Math.min(grid.length, gridIndexAt(grid, endSeconds) + 1);
  return length <= 0
    ? undefined
    : { grid: { ...grid, length }, mean: mean.slice(0, length), peak: peak.slice(0, length) };
}

/** From the first measured period on; all of them where none is. */
function withoutEmptyStart({ grid, mean, peak }: Periods): Periods {
  const first = Math.max(
    0,
    mean.findIndex((value) => !Number.isNaN(value))
  );
  return {
    grid: { ...grid, startSeconds: timeAt(grid, first), length: grid.length - first },
    mean: mean.slice(first),
    peak: peak.slice(first),
  };
}

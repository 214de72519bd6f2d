import type { Outlook } from '../../../allocation/index.ts';
import type { AnsweringOutlook } from '../../../control/index.ts';
import type { Samples } from '../../../promql/index.ts';
import { timeAt, type TimeGrid } from '../../../timeseries/index.ts';

/** The values of one thing in an outlook, `[step]` on its grid; `undefined` where the outlook has none. */
export type PickValues = (outlook: Outlook) => Float64Array | undefined;

/**
 * The points of one series over the outlooks that answer for it: each within its span, NaN left out. A single outlook
 * without NaN is not copied.
 */
export function outlookPoints(spans: readonly AnsweringOutlook[], pick: PickValues): Samples {
  const parts = spans.map(({ outlook, fromSeconds, toSeconds }) => {
    const values = pick(outlook);
    return values === undefined ? EMPTY : gridPoints(outlook.grid, values, fromSeconds, toSeconds);
  });
  const filled = parts.filter(({ values }) => values.length > 0);
  if (filled.length <= 1) {
    return filled[0] ?? EMPTY;
  }
  return joinSamples(filled);
}

/** The points of values on a grid from `fromSeconds` to `toSeconds`, NaN left out. */
export function gridPoints(grid: TimeGrid, values: Float64Array, fromSeconds: number, toSeconds: number): Samples {
  const first = Math.max(0, Math.ceil((fromSeconds - grid.startSeconds) / grid.stepSeconds));
  const last = Math.min(grid.length - 1, Math.floor((toSeconds - grid.startSeconds) / grid.stepSeconds));
  if (last < first) {
    return EMPTY;
  }
  const slice = values.subarray(first, last + 1);
  const times = new Float64Array(slice.length);
  for (let i = 0; i < times.length; i++) {
    times[i] = timeAt(grid, first + i) * 1000;
  }
  if (!slice.includes(Number.NaN)) {
    return { timestamps: times, values: slice };
  }
  const isKept = (_: number, index: number): boolean => !Number.isNaN(slice[index]!);
  return { timestamps: times.filter(isKept), values: slice.filter(isKept) };
}

/** Samples of one series one after another; what does not come after what is there already is left out. */
export function joinSamples(parts: readonly Samples[]): Samples {
  const length = parts.reduce((sum, { values }) => sum + values.length, 0);
  const timestamps = new Float64Array(length);
  const values = new Float64Array(length);
  let count = 0;
  for (const part of parts) {
    for (let i = 0; i < part.values.length; i++) {
      const time = part.timestamps[i]!;
      if (count === 0 || time > timestamps[count - 1]!) {
        timestamps[count] = time;
        values[count++] = part.values[i]!;
      }
    }
  }
  return { timestamps: timestamps.subarray(0, count), values: values.subarray(0, count) };
}

/** No samples. */
export const EMPTY: Samples = { timestamps: new Float64Array(), values: new Float64Array() };

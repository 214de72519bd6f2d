import type { Outlook } from '../../../allocation/index.ts';
import type { AnsweringOutlook } from '../../../control/index.ts';
import type { Samples } from '../../../promql/index.ts';
import { timeAt, type TimeGrid } from '../../../timeseries/index.ts';

/** The values of one thing in an outlook, `[step]` on its grid; `undefined` where the outlook has none. */
export type PickValues = (outlook: Outlook) => Float64Array | undefined;

/** The instants of some spans: where they lie in each outlook, and their times, the same for all of its series. */
interface SpanInstants {
  readonly parts: ReadonlyArray<{ readonly outlook: Outlook; readonly first: number; readonly end: number }>;
  readonly timestamps: Float64Array;
}

const instantsOfSpans = new WeakMap<readonly AnsweringOutlook[], SpanInstants>();

/**
 * The points of one series over the outlooks that answer for it: each within its span, NaN left out. Series that lack
 * nothing share their times, and those of a single outlook are not copied.
 */
export function outlookPoints(spans: readonly AnsweringOutlook[], pick: PickValues): Samples {
  const { parts, timestamps } = spanInstants(spans);
  const slices = parts.map(({ outlook, first, end }) => pick(outlook)?.subarray(first, end));
  const whole = slices.includes(undefined) ? undefined : concatenated(slices as Float64Array[], timestamps.length);
  if (whole !== undefined && !whole.includes(Number.NaN)) {
    return { timestamps, values: whole };
  }
  return joinSamples(
    spans.map(({ outlook, fromSeconds, toSeconds }) => {
      const values = pick(outlook);
      return values === undefined ? EMPTY : gridPoints(outlook.grid, values, fromSeconds, toSeconds);
    })
  );
}

function spanInstants(spans: readonly AnsweringOutlook[]): SpanInstants {
  const known = instantsOfSpans.get(spans);
  if (known !== undefined) {
    return known;
  }
  const parts: Array<SpanInstants['parts'][number]> = [];
  const times: number[] = [];
  for (const { outlook, fromSeconds, toSeconds } of spans) {
    const { first, end } = gridSpan(outlook.grid, fromSeconds, toSeconds);
    let from = first;
    while (from < end && timeAt(outlook.grid, from) * 1000 <= (times.at(-1) ?? Number.NEGATIVE_INFINITY)) {
      from++;
    }
    if (from < end) {
      parts.push({ outlook, first: from, end });
      for (let index = from; index < end; index++) {
        times.push(timeAt(outlook.grid, index) * 1000);
      }
    }
  }
  const instants = { parts, timestamps: Float64Array.from(times) };
  instantsOfSpans.set(spans, instants);
  return instants;
}

function concatenated(slices: readonly Float64Array[], length: number): Float64Array {
  if (slices.length === 1) {
    return slices[0]!;
  }
  const whole = new Float64Array(length);
  let at = 0;
  for (const slice of slices) {
    whole.set(slice, at);
    at += slice.length;
  }
  return whole;
}

/** The indices [first, end) of a grid's instants from `fromSeconds` to `toSeconds`; `end` is at most `first` where none is. */
function gridSpan(
  grid: TimeGrid,
  fromSeconds: number,
  toSeconds: number
): { readonly first: number; readonly end: number } {
  return {
    first: Math.max(0, Math.ceil((fromSeconds - grid.startSeconds) / grid.stepSeconds)),
    end: Math.min(grid.length - 1, Math.floor((toSeconds - grid.startSeconds) / grid.stepSeconds)) + 1,
  };
}

/** The points of values on a grid from `fromSeconds` to `toSeconds`, NaN left out. */
export function gridPoints(grid: TimeGrid, values: Float64Array, fromSeconds: number, toSeconds: number): Samples {
  const { first, end } = gridSpan(grid, fromSeconds, toSeconds);
  if (end <= first) {
    return EMPTY;
  }
  const slice = values.subarray(first, end);
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

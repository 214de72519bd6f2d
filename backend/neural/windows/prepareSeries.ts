import { eventTotals } from './movingSum.ts';

/** A series as the windows are cut from it. */
export interface SeriesInput {
  /** NaN where missing; what lies at or after a window's cutoff is never read. */
  readonly values: Float64Array;
  /** Epoch seconds of the first value, in the account's local time where that is known. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** Steps in the short cycle. */
  readonly cycle: number;
  /** The window of which it is a trailing sum, 0 where it is none. */
  readonly sumSteps: number;
  /** What activity says of it, on the same steps and on over the horizon; NaN where unknown. */
  readonly driven?: Float64Array;
  /** Share of its variation that `driven` explains. */
  readonly drivenStrength?: number;
  /** Indices of tier, industry, region and size; 0 is unknown. */
  readonly categories?: readonly number[];
}

/** A series until a cutoff, with the running totals that make its windows cheap. */
export interface PreparedSeries extends SeriesInput {
  /** The first index after the cutoff. */
  readonly end: number;
  /** The first measured index. */
  readonly first: number;
  /** Gaps carried forward, `[end]`. */
  readonly filled: Float64Array;
  /** `totals[i]` is the sum of the filled values before `i`, `[end + 1]`. */
  readonly totals: Float64Array;
  /** Measured values before `i`, `[end + 1]`. */
  readonly observed: Float64Array;
  readonly isNeverNegative: boolean;
  /** Running totals of the events of a trailing sum. */
  readonly events: Float64Array | undefined;
}

/** Prepares what lies before `end`; `undefined` where nothing is measured there. */
export function prepareSeries(input: SeriesInput, end: number = input.values.length): PreparedSeries | undefined {
  const { values } = input;
  let first = 0;
  while (first < end && Number.isNaN(values[first])) {
    first++;
  }
  if (first === end) {
    return undefined;
  }
  const filled = new Float64Array(end);
  const totals = new Float64Array(end + 1);
  const observed = new Float64Array(end + 1);
  let last = values[first]!;
  let isNeverNegative = true;
  for (let i = 0; i < end; i++) {
    const value = values[i]!;
    const isMeasured = !Number.isNaN(value);
    if (isMeasured) {
      last = value;
      isNeverNegative &&= value >= 0;
    }
    filled[i] = last;
    totals[i + 1] = totals[i]! + last;
    observed[i + 1] = observed[i]! + (isMeasured ? 1 : 0);
  }
  const isSum = input.sumSteps > 0 && end - first > 3 * input.sumSteps;
  return {
    ...input,
    end,
    first,
    filled,
    totals,
    observed,
    isNeverNegative,
    events: isSum ? eventTotals(filled, end, input.sumSteps) : undefined,
  };
}

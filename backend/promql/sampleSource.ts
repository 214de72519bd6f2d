import type { Labels } from '../timeseries/index.ts';
import type { LabelMatcher } from './matcher.ts';

/** Samples in time order, ascending strictly; times in epoch milliseconds, NaN is a value like any other here. */
export interface Samples {
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
  /** 1 where the sample is a staleness marker; absent: none is. */
  readonly stale?: Uint8Array;
}

/** One series of a source; its samples are made when they are asked for, once for each use. */
export interface PromSeries {
  readonly labels: Labels;
  /** How long its last sample holds, where that is longer than the query's lookback (forecasts on a long step). */
  readonly lookbackMs?: number;
  /** At least the samples of the asked range; more do no harm. */
  samples(): Samples;
}

/** What a query needs of a selector, in epoch milliseconds. */
export interface SelectRange {
  /** The first instant at which a value is asked, or the (open) left end of the first range. */
  readonly minMs: number;
  readonly maxMs: number;
  /**
   * For instants: how far before `minMs` samples still count, more for a series with a longer lookback of its own.
   * 0 for ranges.
   */
  readonly lookbackMs: number;
  /** Only the labels of the series are wanted: nobody will ask for samples. */
  readonly isLabelsOnly?: boolean;
}

/** Where the evaluator's samples come from. */
export interface SampleSource {
  /** The series that fulfil all matchers and have samples in the range, each label set once. */
  select(matchers: readonly LabelMatcher[], range: SelectRange): Promise<readonly PromSeries[]>;
}

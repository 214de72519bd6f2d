import type { LabelSet } from '../labelSet.ts';
import type { Annotation } from './annotations.ts';

/** One series of a range result: samples at times in epoch milliseconds. */
export interface MatrixSeries {
  readonly labels: LabelSet;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

export type QueryValue =
  | { readonly type: 'scalar'; readonly timeMs: number; readonly value: number }
  | { readonly type: 'string'; readonly timeMs: number; readonly value: string }
  | {
      readonly type: 'vector';
      readonly timeMs: number;
      readonly samples: ReadonlyArray<{ readonly labels: LabelSet; readonly value: number }>;
    }
  | { readonly type: 'matrix'; readonly series: readonly MatrixSeries[] };

export interface QueryStats {
  /** Samples read, each as often as a step saw it. */
  readonly readSamples: number;
  /** The same by step, where that was asked for. */
  readonly readSamplesPerStep?: Float64Array;
  readonly peakSamples: number;
  /** Milliseconds to find the series, to compute, and to put the result in order. */
  readonly timingsMs: { readonly preparation: number; readonly evaluation: number; readonly sorting: number };
}

export interface QueryResult {
  readonly value: QueryValue;
  readonly annotations: readonly Annotation[];
  readonly stats: QueryStats;
}

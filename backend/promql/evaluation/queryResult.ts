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

export interface QueryResult {
  readonly value: QueryValue;
  readonly annotations: readonly Annotation[];
  readonly stats: { readonly readSamples: number; readonly peakSamples: number };
}

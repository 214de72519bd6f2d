import { meanSize } from '../generators/index.ts';

/** Series of one kind that a training draws from. */
export interface TrainingSource {
  readonly name: string;
  /** How often it is drawn from, beside the others'. */
  readonly weight: number;
  readonly stepSeconds: number;
  /** Steps in the short cycle. */
  readonly cycle: number;
  readonly series: readonly TrainingSeries[];
  /** The farthest lead that is trained, in steps. */
  readonly horizon: number;
}

export interface TrainingSeries {
  readonly name: string;
  /** NaN where missing; training sees all of it. */
  readonly values: Float64Array;
  readonly startSeconds: number;
  /** The window of which it is a trailing sum, 0 where it is none. */
  readonly sumSteps: number;
  readonly driven?: Float64Array;
  /** Rows of tier, industry, region and size in the embeddings. */
  readonly categories?: readonly number[];
  /** The first cutoff that may be drawn; from the start unless given. */
  readonly firstCutoff?: number;
  /** Its part of the draws within its source; they add up to 1. */
  readonly share: number;
  /** The weight of its errors in linear space. */
  readonly linearWeight: number;
}

/** Draws large series more often than small ones, and weighs linear errors by the root of their size. */
export function withShares(series: ReadonlyArray<Omit<TrainingSeries, 'share' | 'linearWeight'>>): TrainingSeries[] {
  const sizes = series.map(({ values }) => meanSize(values));
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length || 1;
  const roots = sizes.map((size) => Math.sqrt(size / mean));
  const total = roots.reduce((sum, root) => sum + root, 0) || 1;
  return series.map((each, i) => {
    const share = 0.5 / series.length + (0.5 * roots[i]!) / total;
    const linearWeight = Math.min(4, Math.max(0.02, roots[i]! / (share * series.length)));
    return { ...each, share, linearWeight };
  });
}

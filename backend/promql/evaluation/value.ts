import type { LabelSet } from '../labelSet.ts';

/** One series of an instant vector over a grid. Whoever holds it may overwrite its arrays. */
export interface VectorSeries {
  readonly labels: LabelSet;
  /** Whether its name is still to be dropped, where that is put off to the end. */
  readonly dropsName: boolean;
  /** `[step]`; where nothing is present the value means nothing. */
  readonly values: Float64Array;
  /** `[step]`, 1 where there is a value; absent: there is one at every step. */
  readonly present?: Uint8Array;
}

/** What an expression is worth over a grid; matrices occur as arguments and results only. */
export type EvaluatedValue =
  | { readonly type: 'scalar'; readonly values: Float64Array }
  | { readonly type: 'vector'; readonly series: readonly VectorSeries[] }
  | { readonly type: 'string'; readonly value: string };

/** How many of the steps of a series have a value. */
export function presentCount(series: VectorSeries): number {
  if (series.present === undefined) {
    return series.values.length;
  }
  let count = 0;
  for (const flag of series.present) {
    count += flag;
  }
  return count;
}

/** The series with a mask, or `undefined` where nothing of it is left; an all-ones mask is dropped. */
export function withPresence(series: VectorSeries, present: Uint8Array): VectorSeries | undefined {
  let count = 0;
  for (const flag of present) {
    count += flag;
  }
  if (count === 0) {
    return undefined;
  }
  const { labels, dropsName, values } = series;
  return count === present.length ? { labels, dropsName, values } : { labels, dropsName, values, present };
}

/** Whether a series has a value at a step. */
export function isPresent(series: VectorSeries, step: number): boolean {
  return series.present === undefined || series.present[step] === 1;
}

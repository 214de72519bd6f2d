import type { LabelSet } from '../labelSet.ts';
import { executionError, SAME_LABELSET } from './executionError.ts';
import { isPresent, type VectorSeries } from './value.ts';

/**
 * Puts together a vector's series: those with equal labels become one, which fails where two of them have a value at
 * the same step.
 */
export class SeriesCollector {
  readonly #count: number;
  readonly #series = new Map<string, VectorSeries>();

  constructor(stepCount: number) {
    this.#count = stepCount;
  }

  /** Adds a series, whose arrays are then the collector's. */
  add(series: VectorSeries): void {
    const { key } = series.labels;
    const former = this.#series.get(key);
    this.#series.set(key, former === undefined ? series : this.#merge(former, series));
  }

  /** Adds one value; fails where the labels have one at that step. */
  set(labels: LabelSet, dropsName: boolean, step: number, value: number): void {
    let series = this.#series.get(labels.key);
    if (series === undefined) {
      const present = new Uint8Array(this.#count);
      series = { labels, dropsName, values: new Float64Array(this.#count), present };
      this.#series.set(labels.key, series);
    }
    if (series.present === undefined || series.present[step] === 1) {
      throw executionError(SAME_LABELSET);
    }
    series.values[step] = value;
    series.present[step] = 1;
  }

  collect(): VectorSeries[] {
    return [...this.#series.values()];
  }

  #merge(former: VectorSeries, added: VectorSeries): VectorSeries {
    if (former.present === undefined || added.present === undefined) {
      throw executionError(SAME_LABELSET);
    }
    for (let step = 0; step < this.#count; step++) {
      if (isPresent(added, step)) {
        if (former.present[step] === 1) {
          throw executionError(SAME_LABELSET);
        }
        former.values[step] = added.values[step]!;
        former.present[step] = 1;
      }
    }
    return former;
  }
}

/** Throws where two series have equal labels, whatever their steps. */
export function requireDistinct(series: readonly VectorSeries[]): void {
  const keys = new Set(series.map(({ labels }) => labels.key));
  if (keys.size < series.length) {
    throw executionError(SAME_LABELSET);
  }
}

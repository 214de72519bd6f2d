import { isPresent, presentCount, type VectorSeries } from './value.ts';

/**
 * Counts the samples that a query reads at each of its steps, as Prometheus does: a sample once for each step it is
 * seen at; those inside a subquery by the windows over it only.
 */
export class ReadCounter {
  /** `[step]`, where they are counted by step. */
  readonly perStep: Float64Array | undefined;
  #total = 0;
  #subqueries = 0;

  /** `stepCount` steps are counted one by one; where absent, all in one. */
  constructor(stepCount?: number) {
    this.perStep = stepCount === undefined ? undefined : new Float64Array(stepCount);
  }

  get total(): number {
    return this.#total;
  }

  /** The samples of windows `from` to `to` (exclusive), `total` in all. */
  addWindows({
    from,
    to,
    total,
  }: {
    readonly from: Int32Array;
    readonly to: Int32Array;
    readonly total: number;
  }): void {
    this.#add(total, from.length, (step) => to[step]! - from[step]!);
  }

  /** One sample wherever the series has a value. */
  addInstants(series: VectorSeries): void {
    this.#add(presentCount(series), series.values.length, (step) => (isPresent(series, step) ? 1 : 0));
  }

  /** What was read since `before` at the first step counts at each of `stepCount` steps. */
  spread(before: number, stepCount: number): void {
    const read = this.#total - before;
    this.#add(read * (stepCount - 1), stepCount, (step) => (step === 0 ? 0 : read));
  }

  /** Nothing that is read inside counts. */
  async insideSubquery<T>(evaluate: () => Promise<T>): Promise<T> {
    this.#subqueries++;
    try {
      return await evaluate();
    } finally {
      this.#subqueries--;
    }
  }

  #add(total: number, stepCount: number, at: (step: number) => number): void {
    if (this.#subqueries > 0) {
      return;
    }
    this.#total += total;
    for (let step = 0; this.perStep !== undefined && step < stepCount; step++) {
      this.perStep[step]! += at(step);
    }
  }
}

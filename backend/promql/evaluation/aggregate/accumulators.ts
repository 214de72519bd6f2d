import { kahanCompensation } from '../kahanSum.ts';
import type { VectorSeries } from '../value.ts';

/** Takes in series and gives one value a step; `counts[step]` is how many values the step got. */
export interface Accumulator {
  readonly counts: Uint32Array;
  add(series: VectorSeries): void;
  finish(): Float64Array;
}

/** The accumulators of the aggregations that need no more than a few numbers a step, by name. */
export const ACCUMULATORS: ReadonlyMap<string, (stepCount: number) => Accumulator> = new Map<
  string,
  (stepCount: number) => Accumulator
>([
  ['sum', (stepCount) => new SumAccumulator(stepCount)],
  ['avg', (stepCount) => new MeanAccumulator(stepCount)],
  ['min', (stepCount) => new ExtremeAccumulator(stepCount, -1)],
  ['max', (stepCount) => new ExtremeAccumulator(stepCount, 1)],
  ['count', (stepCount) => new CountAccumulator(stepCount)],
  ['group', (stepCount) => new GroupAccumulator(stepCount)],
  ['stdvar', (stepCount) => new VarianceAccumulator(stepCount, (variance) => variance)],
  ['stddev', (stepCount) => new VarianceAccumulator(stepCount, Math.sqrt)],
]);

abstract class BaseAccumulator implements Accumulator {
  readonly counts: Uint32Array;
  readonly values: Float64Array;

  constructor(stepCount: number) {
    this.counts = new Uint32Array(stepCount);
    this.values = new Float64Array(stepCount);
  }

  add({ values, present }: VectorSeries): void {
    for (let step = 0; step < values.length; step++) {
      if (present === undefined || present[step] === 1) {
        this.take(step, values[step]!);
        this.counts[step]! += 1;
      }
    }
  }

  finish(): Float64Array {
    return this.values;
  }

  /** Takes the value in; `counts[step]` is still what it was before. */
  protected abstract take(step: number, value: number): void;
}

class CountAccumulator extends BaseAccumulator {
  protected override take(): void {
    // counted already
  }

  override finish(): Float64Array {
    return Float64Array.from(this.counts);
  }
}

class GroupAccumulator extends BaseAccumulator {
  protected override take(step: number): void {
    this.values[step] = 1;
  }
}

class ExtremeAccumulator extends BaseAccumulator {
  readonly #sign: number;

  /** `sign` is 1 for the greatest and -1 for the least value. */
  constructor(stepCount: number, sign: 1 | -1) {
    super(stepCount);
    this.#sign = sign;
  }

  protected override take(step: number, value: number): void {
    const best = this.values[step]!;
    if (this.counts[step] === 0 || best * this.#sign < value * this.#sign || best !== best) {
      this.values[step] = value;
    }
  }
}

class SumAccumulator extends BaseAccumulator {
  protected readonly compensations: Float64Array;

  constructor(stepCount: number) {
    super(stepCount);
    this.compensations = new Float64Array(stepCount);
  }

  protected override take(step: number, value: number): void {
    const sum = this.values[step]!;
    const total = this.counts[step] === 0 ? value : sum + value;
    if (this.counts[step] !== 0) {
      this.compensations[step] = kahanCompensation(value, sum, total, this.compensations[step]!);
    }
    this.values[step] = total;
  }

  override finish(): Float64Array {
    return this.values.map((sum, step) => sum + this.compensations[step]!);
  }
}

/** A compensated sum over the count, or from where that would overflow an incremental mean. */
class MeanAccumulator extends SumAccumulator {
  readonly #isIncremental: Uint8Array;

  constructor(stepCount: number) {
    super(stepCount);
    this.#isIncremental = new Uint8Array(stepCount);
  }

  protected override take(step: number, value: number): void {
    const before = this.counts[step]!;
    const isOverflow = before > 0 && Math.abs(this.values[step]! + value) === Infinity;
    if (this.#isIncremental[step] === 0 && !isOverflow) {
      super.take(step, value);
      return;
    }
    if (this.#isIncremental[step] === 0) {
      this.#isIncremental[step] = 1;
      this.values[step]! /= before;
      this.compensations[step]! /= before;
    }
    const count = before + 1;
    const mean = this.values[step]! * (before / count);
    const share = value / count;
    const compensation = this.compensations[step]! * (before / count);
    this.values[step] = mean + share;
    this.compensations[step] = kahanCompensation(share, mean, mean + share, compensation);
  }

  override finish(): Float64Array {
    return this.values.map((value, step) => {
      const divisor = this.#isIncremental[step] === 1 ? 1 : this.counts[step]!;
      return value / divisor + this.compensations[step]! / divisor;
    });
  }
}

/** Welford's method. */
class VarianceAccumulator extends BaseAccumulator {
  readonly #means: Float64Array;
  readonly #finish: (variance: number) => number;

  constructor(stepCount: number, finish: (variance: number) => number) {
    super(stepCount);
    this.#means = new Float64Array(stepCount);
    this.#finish = finish;
  }

  protected override take(step: number, value: number): void {
    if (this.counts[step] === 0) {
      this.#means[step] = value;
      this.values[step] = Number.isFinite(value) ? 0 : Number.NaN;
      return;
    }
    const difference = value - this.#means[step]!;
    this.#means[step]! += difference / (this.counts[step]! + 1);
    this.values[step]! += difference * (value - this.#means[step]!);
  }

  override finish(): Float64Array {
    return this.values.map((squares, step) => this.#finish(squares / this.counts[step]!));
  }
}

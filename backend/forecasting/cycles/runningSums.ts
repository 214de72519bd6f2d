/** Sums over the measured values before each index, from which the mean of any window follows at once. */
export interface RunningSums {
  readonly values: Float64Array;
  /** `[index]`, one longer than `values`: the sum of the measured values before it. */
  readonly sums: Float64Array;
  /** `[index]`: how many values before it are measured. */
  readonly counts: Float64Array;
  /** `[index]`: the last measured value before it; NaN where there is none. */
  readonly lasts: Float64Array;
}

const MIN_MEASURED_SHARE = 0.3;

export function runningSums(values: Float64Array): RunningSums {
  const length = values.length;
  const sums = new Float64Array(length + 1);
  const counts = new Float64Array(length + 1);
  const lasts = new Float64Array(length + 1).fill(Number.NaN);
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    const isMissing = Number.isNaN(value);
    sums[i + 1] = sums[i]! + (isMissing ? 0 : value);
    counts[i + 1] = counts[i]! + (isMissing ? 0 : 1);
    lasts[i + 1] = isMissing ? lasts[i]! : value;
  }
  return { values, sums, counts, lasts };
}

/** The mean over `[from, to)`; NaN where it reaches before the first value or less than a third of it is measured. */
export function windowMean({ sums, counts }: RunningSums, from: number, to: number): number {
  if (from < 0 || to <= from) {
    return Number.NaN;
  }
  const count = counts[to]! - counts[from]!;
  return count > 0 && count >= MIN_MEASURED_SHARE * (to - from) ? (sums[to]! - sums[from]!) / count : Number.NaN;
}

import { quantileReader } from './quantileReader.ts';

/** The distribution of one series at each step: quantiles `[level][step]` at ascending levels; a Forecast is one. */
export interface Margin {
  readonly levels: readonly number[];
  readonly values: Float64Array;
}

/** Reads the values of a margin at fixed probabilities at `step` into `target`, `[probability]`. */
export type MarginReader = (step: number, target: Float64Array) => void;

/**
 * Makes the reader of a margin's values at `probabilities`, which ascend.
 *
 * Values are never below zero at a step where the lowest quantile isn't; a margin of one level is that value for sure.
 */
export function marginReader(margin: Margin, probabilities: Float64Array): MarginReader {
  const levelCount = margin.levels.length;
  const stepCount = margin.values.length / levelCount;
  if (levelCount === 1) {
    return (step, target) => target.fill(margin.values[step]!, 0, probabilities.length);
  }
  const { left, share } = quantileReader(margin.levels, probabilities);
  const ends = margin.levels.map((_, level) => left.findLastIndex((below) => below === level) + 1);
  return (step, target) => {
    const isPositive = margin.values[step]! >= 0;
    let i = 0;
    for (let level = 0; level + 1 < levelCount; level++) {
      const value = margin.values[level * stepCount + step]!;
      const rise = margin.values[(level + 1) * stepCount + step]! - value;
      for (const end = ends[level]!; i < end; i++) {
        target[i] = value + share[i]! * rise;
      }
    }
    for (let first = 0; isPositive && target[first]! < 0; first++) {
      target[first] = 0;
    }
  };
}

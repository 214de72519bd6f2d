import { quantileSelector } from './quantileSelector.ts';

/** Adds up the quantiles of a series over blocks of paths. */
export interface ColumnQuantiles {
  /** `values` is `[path][series][step]`. */
  add(values: Float64Array, pathCount: number): void;
  /** `[level][step]`. */
  values(): number[][];
}

/**
 * The quantiles of one series at each step: exact (R-7) for one block, and the mean of the blocks' for more, each of
 * which is spread evenly over the whole distribution.
 */
export function columnQuantiles(
  levels: readonly number[],
  series: number,
  seriesCount: number,
  stepCount: number
): ColumnQuantiles {
  const sums = levels.map(() => new Float64Array(stepCount));
  const quantiles = new Float64Array(levels.length);
  let total = 0;
  return {
    add(values, pathCount) {
      const column = new Float64Array(pathCount);
      const select = quantileSelector(levels, pathCount);
      total += pathCount;
      for (let step = 0; step < stepCount; step++) {
        for (let path = 0; path < pathCount; path++) {
          column[path] = values[(path * seriesCount + series) * stepCount + step]!;
        }
        select(column, quantiles);
        for (let level = 0; level < levels.length; level++) {
          sums[level]![step]! += pathCount * quantiles[level]!;
        }
      }
    },
    values: () => sums.map((row) => Array.from(row, (sum) => sum / total)),
  };
}

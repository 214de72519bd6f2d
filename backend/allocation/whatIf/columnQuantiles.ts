import type { StepRange } from '../../timeseries/index.ts';
import { quantileSelector } from './quantileSelector.ts';

/** As many steps as a cache line holds. */
const LINE_STEPS = 8;

/** Adds up the quantiles of a series over blocks of paths. */
export interface ColumnQuantiles {
  /** `values` is `[path][series][step]`; gives the quantiles of these, and takes those that it is told are `known`. */
  add(values: Float64Array, pathCount: number, known?: KnownQuantiles): BlockQuantiles;
  /** `[level][step]`. */
  values(): number[][];
}

/** The quantiles of a series in one block, `[step]` of a level. */
export type BlockQuantiles = ReadonlyMap<number, Float64Array>;

/** Of the same number of values, which differ at most in the steps `changed`. */
export interface KnownQuantiles {
  readonly quantiles: BlockQuantiles;
  readonly changed: StepRange;
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
    add(values, pathCount, known) {
      const block = new Map(
        levels.map((level) => [level, known?.quantiles.get(level)?.slice() ?? new Float64Array(stepCount)])
      );
      const rows = levels.map((level) => block.get(level)!);
      const { first: from, end } =
        known !== undefined && levels.every((level) => known.quantiles.has(level))
          ? known.changed
          : { first: 0, end: stepCount };
      const columns = Array.from({ length: Math.min(LINE_STEPS, stepCount) }, () => new Float64Array(pathCount));
      const select = quantileSelector(levels, pathCount);
      total += pathCount;
      for (let first = from - (from % LINE_STEPS); first < end; first += LINE_STEPS) {
        const count = Math.min(LINE_STEPS, stepCount - first);
        readColumns(values, series * stepCount + first, seriesCount * stepCount, columns.slice(0, count));
        for (let step = 0; step < count; step++) {
          select(columns[step]!, quantiles);
          for (let level = 0; level < levels.length; level++) {
            rows[level]![first + step] = quantiles[level]!;
          }
        }
      }
      rows.forEach((row, level) => {
        const sum = sums[level]!;
        for (let step = 0; step < stepCount; step++) {
          sum[step]! += pathCount * row[step]!;
        }
      });
      return block;
    },
    values: () => sums.map((row) => Array.from(row, (sum) => sum / total)),
  };
}

/** Reads neighbouring columns, the first at `start`, together: a path's steps lie side by side, another path's far away. */
function readColumns(values: Float64Array, start: number, stride: number, columns: readonly Float64Array[]): void {
  const pathCount = columns[0]!.length;
  if (columns.length === LINE_STEPS) {
    const [a, b, c, d, e, f, g, h] = columns as readonly [
      ...[Float64Array, Float64Array, Float64Array, Float64Array],
      ...[Float64Array, Float64Array, Float64Array, Float64Array],
    ];
    let cell = start;
    for (let path = 0; path < pathCount; path++) {
      a[path] = values[cell]!;
      b[path] = values[cell + 1]!;
      c[path] = values[cell + 2]!;
      d[path] = values[cell + 3]!;
      e[path] = values[cell + 4]!;
      f[path] = values[cell + 5]!;
      g[path] = values[cell + 6]!;
      h[path] = values[cell + 7]!;
      cell += stride;
    }
    return;
  }
  columns.forEach((column, step) => {
    for (let path = 0; path < pathCount; path++) {
      column[path] = values[start + step + path * stride]!;
    }
  });
}

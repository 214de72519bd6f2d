/** Rows of a regression: `rows` as `[row][column]`, `truths` and `weights` as `[row]`. */
export interface Observations {
  readonly rows: Float64Array;
  readonly truths: Float64Array;
  readonly weights: Float64Array;
  readonly columnCount: number;
}

/** The second moments of some rows. */
export interface Moments {
  /** `[column][column]`. */
  readonly gram: Float64Array;
  readonly moments: Float64Array;
  readonly weight: number;
}

/** The moments of the rows from `from` up to, not including, `to`. */
export function blockMoments({ rows, truths, weights, columnCount }: Observations, from: number, to: number): Moments {
  const gram = new Float64Array(columnCount * columnCount);
  const moments = new Float64Array(columnCount);
  let weight = 0;
  for (let row = from; row < to; row++) {
    const start = row * columnCount;
    const own = weights[row]!;
    weight += own;
    for (let i = 0; i < columnCount; i++) {
      const value = own * rows[start + i]!;
      if (value !== 0) {
        moments[i]! += value * truths[row]!;
        const line = i * columnCount;
        for (let j = 0; j <= i; j++) {
          gram[line + j]! += value * rows[start + j]!;
        }
      }
    }
  }
  for (let i = 0; i < columnCount; i++) {
    for (let j = 0; j < i; j++) {
      gram[j * columnCount + i] = gram[i * columnCount + j]!;
    }
  }
  return { gram, moments, weight };
}

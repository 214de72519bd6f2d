/**
 * The quantile of ascending `values` at `level` in [0, 1] by definition R-7; NaN where there are no values.
 *
 * `values` holds no NaN. `start` and `end` restrict it to a part. Source: Hyndman and Fan (1996), definition 7.
 */
export function quantileSorted(
  values: ArrayLike<number>,
  level: number,
  start = 0,
  end: number = values.length
): number {
  const count = end - start;
  if (count <= 0) {
    return Number.NaN;
  }
  const position = level * (count - 1);
  const below = Math.floor(position);
  const low = values[start + below]!;
  const share = position - below;
  return share === 0 ? low : low + share * (values[start + below + 1]! - low);
}

import { timeAt, type Series } from '../../timeseries/index.ts';
import type { Shift } from './driftState.ts';

/**
 * A history as it would have been at the present level: what lies before a shift is multiplied, or added to, as it was
 * shifted. Nothing that was not negative becomes so.
 */
export function relevelled(series: Series, shifts: readonly Shift[]): Series {
  const { grid } = series;
  const inside = shifts.filter(({ atSeconds }) => atSeconds > grid.startSeconds);
  if (inside.length === 0) {
    return series;
  }
  const isNonNegative = series.values.every((value) => !(value < 0));
  const values = series.values.slice();
  for (const { atSeconds, offset, ratio } of [...inside].sort((a, b) => a.atSeconds - b.atSeconds)) {
    for (let index = 0; index < values.length && timeAt(grid, index) < atSeconds; index++) {
      const value = ratio === null ? values[index]! + offset : values[index]! * ratio;
      values[index] = isNonNegative && value < 0 ? 0 : value;
    }
  }
  return { grid, values };
}

/** Means of blocks, the last of which ends at `untilSeconds`, at the present level; what is missing stays so. */
export function relevelledMeans(
  means: ReadonlyArray<number | null>,
  shifts: readonly Shift[],
  untilSeconds: number,
  blockSeconds: number
): ReadonlyArray<number | null> {
  return shifts.length === 0
    ? means
    : means.map((mean, index) => {
        const startSeconds = untilSeconds - (means.length - index) * blockSeconds;
        return mean === null
          ? null
          : shifts.reduce(
              (value, { atSeconds, ratio, offset }) =>
                startSeconds >= atSeconds ? value : ratio === null ? value + offset : value * ratio,
              mean
            );
      });
}

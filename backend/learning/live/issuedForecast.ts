import { gridIndexAt, type Series, type TimeGrid } from '../../timeseries/index.ts';

/** A forecast that was made: its grid may begin at the cutoff, where it says nothing. `values` is `[level][step]`. */
export interface IssuedForecast {
  readonly cutoffSeconds: number;
  readonly grid: TimeGrid;
  readonly levels: readonly number[];
  readonly values: ArrayLike<number>;
}

/** What was said at one level of `count` instants after one, a step apart; NaN where nothing was. */
export function saidOf(forecast: IssuedForecast, level: number, fromSeconds: number, count: number): Float64Array {
  const { grid, levels, values, cutoffSeconds } = forecast;
  const row = levels.indexOf(level);
  return Float64Array.from({ length: count }, (_, index) => {
    const timeSeconds = fromSeconds + (index + 1) * grid.stepSeconds;
    const at = gridIndexAt(grid, timeSeconds + grid.stepSeconds / 1e6);
    return row < 0 || at < 0 || at >= grid.length || timeSeconds <= cutoffSeconds
      ? Number.NaN
      : values[row * grid.length + at]!;
  });
}

/** What was measured at those instants. */
export function truthsAfter({ grid, values }: Series, fromSeconds: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => {
    const timeSeconds = fromSeconds + (index + 1) * grid.stepSeconds;
    return values[gridIndexAt(grid, timeSeconds + grid.stepSeconds / 1e6)] ?? Number.NaN;
  });
}

/** The latest forecast with a cutoff in (atSeconds - withinSeconds, atSeconds]. */
export function issuedAt<T extends { readonly cutoffSeconds: number }>(
  forecasts: readonly T[],
  atSeconds: number,
  withinSeconds: number
): T | undefined {
  return forecasts.findLast(
    ({ cutoffSeconds }) => cutoffSeconds <= atSeconds && cutoffSeconds > atSeconds - withinSeconds
  );
}

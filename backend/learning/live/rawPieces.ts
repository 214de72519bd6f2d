import type { Forecast } from '../../forecasting/index.ts';
import { gridIndexAt, timeAt } from '../../timeseries/index.ts';
import type { IssuedForecast } from './issuedForecast.ts';
import { MOVED_LEVELS, ZONE_HOURS } from './seriesLearning.ts';

const HOUR_SECONDS = 3600;

/**
 * What a forecast says of the blocks by which its quantiles are moved, one for each zone of leads: all of it that has to
 * be remembered until they have come true. Undefined beyond its horizon, and where it lacks a level that is moved.
 */
export function rawPieces(forecast: Forecast, blockSeconds: number): ReadonlyArray<IssuedForecast | undefined> {
  const { grid, levels, values } = forecast;
  const cutoffSeconds = grid.startSeconds - grid.stepSeconds;
  const count = Math.round(blockSeconds / grid.stepSeconds);
  const rows = MOVED_LEVELS.map((level) => levels.indexOf(level));
  return ZONE_HOURS.map((hours) => {
    const first = gridIndexAt(grid, cutoffSeconds + hours * HOUR_SECONDS) + 1;
    if (rows.some((row) => row < 0) || first + count > grid.length) {
      return undefined;
    }
    const said = new Float32Array(rows.length * count);
    rows.forEach((row, index) => {
      const from = row * grid.length + first;
      said.set(values.subarray(from, from + count), index * count);
    });
    return {
      cutoffSeconds,
      grid: { startSeconds: timeAt(grid, first), stepSeconds: grid.stepSeconds, length: count },
      levels: MOVED_LEVELS,
      values: said,
    };
  });
}

import { normalQuantile } from '../../statistics/index.ts';
import { timeAt, type Series } from '../../timeseries/index.ts';

const DAY_SECONDS = 86_400;
/** Days of errors that its spread is taken from. */
const ERROR_DAYS = 7;

/**
 * The floor that the seasonal-naive forecast gives from `firstRow` on, `[row]`: what was measured a day before and the
 * spread of its past errors at the level that leaves `risk`, over the time that a replica needs to serve. NaN where the day
 * before was not measured; undefined with less than two days before.
 */
export function seasonalFloors(
  { grid, values }: Series,
  firstRow: number,
  service: { readonly perReplica: number; readonly startSeconds: number; readonly risk: number; readonly max: number }
): Float64Array | undefined {
  const season = Math.round(DAY_SECONDS / grid.stepSeconds);
  if (firstRow < 2 * season) {
    return undefined;
  }
  let [squares, count] = [0, 0];
  for (let row = Math.max(season, firstRow - ERROR_DAYS * season); row < firstRow; row++) {
    const error = values[row]! - values[row - season]!;
    if (!Number.isNaN(error)) {
      squares += error * error;
      count++;
    }
  }
  if (count < season) {
    return undefined;
  }
  const margin = normalQuantile(1 - service.risk) * Math.sqrt(squares / count);
  const ahead = Math.ceil(service.startSeconds / grid.stepSeconds);
  return values.map((_, row) => {
    if (row < firstRow || timeAt(grid, row) < timeAt(grid, season)) {
      return Number.NaN;
    }
    let most = Number.NaN;
    for (let step = 0; step <= ahead; step++) {
      const value = row + step - season < firstRow ? values[row + step - season]! : Number.NaN;
      most = Number.isNaN(value) ? most : Math.max(value, Number.isNaN(most) ? value : most);
    }
    return Number.isNaN(most)
      ? Number.NaN
      : Math.min(service.max, Math.ceil((most + margin) / service.perReplica - 1e-9));
  });
}

import { normalQuantile } from '../../statistics/index.ts';
import type { Forecast } from '../../forecasting/index.ts';
import type { ConformalState } from './conformalState.ts';
import { zoneShifts } from './learnConformal.ts';

const HOUR_SECONDS = 3600;

/** By how much quantiles are moved: plain data, small enough to go with a job. */
export interface Correction {
  readonly levels: readonly number[];
  /** Ascending. A zone holds from `hoursBack` hours of lead for an hour; between zones it changes gradually. */
  readonly zones: ReadonlyArray<{ readonly hoursBack: number; readonly shifts: readonly number[] }>;
}

/** What a state makes of the next forecast; undefined where it moves nothing. */
export function correctionOf(state: ConformalState): Correction | undefined {
  const zones = state.zones.map((zone) => ({ hoursBack: zone.hoursBack, shifts: zoneShifts(zone) }));
  return zones.every(({ shifts }) => shifts.every((shift) => shift === 0))
    ? undefined
    : { levels: state.levels, zones };
}

/**
 * A forecast with its quantiles moved, in widths of its own 80 % band, and put in order again.
 *
 * A forecast without the levels 0.1 and 0.9 comes back as it was. What was never below zero stays so (`isNonNegative`).
 */
export function conformed(forecast: Forecast, correction: Correction, isNonNegative: boolean): Forecast {
  const { levels, grid } = forecast;
  const [low, high] = [levels.indexOf(0.1), levels.indexOf(0.9)];
  if (low < 0 || high < 0) {
    return forecast;
  }
  const steps = grid.length;
  const rows = correction.zones.map(({ shifts }) => levels.map((level) => shiftAt(correction.levels, shifts, level)));
  const values = forecast.values.slice();
  const mean = forecast.mean.slice();
  const column = new Float64Array(levels.length);
  for (let step = 0; step < steps; step++) {
    const { left, right, share } = zonesAround(correction.zones, ((step + 1) * grid.stepSeconds) / HOUR_SECONDS);
    const width = forecast.values[high * steps + step]! - forecast.values[low * steps + step]!;
    let moved = 0;
    for (let row = 0; row < levels.length; row++) {
      const shift = width * ((1 - share) * rows[left]![row]! + share * rows[right]![row]!);
      const value = forecast.values[row * steps + step]! + shift;
      column[row] = isNonNegative ? Math.max(0, value) : value;
      moved += shift / levels.length;
    }
    column.sort();
    column.forEach((value, row) => (values[row * steps + step] = value));
    mean[step] = isNonNegative ? Math.max(0, mean[step]! + moved) : mean[step]! + moved;
  }
  return { ...forecast, values, mean };
}

function zonesAround(zones: Correction['zones'], leadHours: number): { left: number; right: number; share: number } {
  const right = zones.findIndex(({ hoursBack }) => leadHours <= hoursBack + 1);
  if (right < 0) {
    return { left: zones.length - 1, right: zones.length - 1, share: 0 };
  }
  const { hoursBack } = zones[right]!;
  if (right === 0 || leadHours >= hoursBack) {
    return { left: right, right, share: 0 };
  }
  const from = zones[right - 1]!.hoursBack + 1;
  return { left: right - 1, right, share: (leadHours - from) / (hoursBack - from) };
}

/** Between two levels by their place on the normal scale; beyond the last as the last. */
function shiftAt(levels: readonly number[], shifts: readonly number[], level: number): number {
  const right = levels.findIndex((each) => each >= level);
  if (right < 0) {
    return shifts.at(-1)!;
  }
  if (right === 0 || levels[right] === level) {
    return shifts[right]!;
  }
  const [from, at, to] = [levels[right - 1]!, level, levels[right]!].map(normalQuantile) as [number, number, number];
  return shifts[right - 1]! + ((at - from) / (to - from)) * (shifts[right]! - shifts[right - 1]!);
}

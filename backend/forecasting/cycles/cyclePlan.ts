import type { TimeGrid } from '../../timeseries/index.ts';

const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;
const MIN_CYCLE = 4;

/** The cycles of a series, in steps. */
export interface CyclePlan {
  /** The short cycle, by which every window is measured too. */
  readonly cycle: number;
  /** The long cycle: a whole number of short ones. */
  readonly longCycle: number;
  /** Whether the series repeats itself at all; without that `cycle` is but a measure of windows. */
  readonly isSeasonal: boolean;
}

/**
 * The cycles behind a season of `seasonSteps` in a history on `grid`: a day is part of a week, an hour of a day, and a
 * week is made of days.
 *
 * Without a season, or with a history shorter than two, a day or at most a quarter of the history measures windows.
 */
export function cyclePlan(seasonSteps: number, grid: TimeGrid): CyclePlan {
  const seconds = seasonSteps * grid.stepSeconds;
  const dayOfWeek = seasonSteps / 7;
  const cycle = seconds === WEEK && Number.isInteger(dayOfWeek) && dayOfWeek >= MIN_CYCLE ? dayOfWeek : seasonSteps;
  if (cycle < 2 || 2 * cycle > grid.length) {
    const quarter = Math.max(MIN_CYCLE, Math.floor(grid.length / 4));
    const day = Math.max(MIN_CYCLE, Math.round(DAY / grid.stepSeconds));
    return { cycle: Math.min(day, quarter), longCycle: 7 * Math.min(day, quarter), isSeasonal: false };
  }
  return { cycle, longCycle: (seconds === HOUR ? 24 : 7) * cycle, isSeasonal: true };
}

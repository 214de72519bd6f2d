import type { PointForecast } from './predictiveHpaPolicy.ts';

const DAY = 86_400;
const LEVEL_RATE = 0.2;
const TREND_RATE = 0.01;
const SEASON_RATE = 0.3;
const TREND_DAMPING = 0.98;

/** Additive Holt-Winters with the season of a day and a damped trend; a missing row moves nothing. */
export function holtWintersForecast(demand: Float64Array, stepSeconds: number): PointForecast {
  const daySteps = Math.max(1, Math.round(DAY / stepSeconds));
  const season = new Float64Array(daySteps);
  let level = Number.NaN;
  let trend = 0;
  let taken = 0;
  const start = (): void => {
    const first = demand.subarray(0, daySteps).filter((value) => !Number.isNaN(value));
    level = first.reduce((sum, value) => sum + value, 0) / Math.max(1, first.length);
    for (let i = 0; i < daySteps; i++) {
      season[i] = Number.isNaN(demand[i]!) ? 0 : demand[i]! - level;
    }
    taken = daySteps;
  };
  return {
    ahead(known, steps) {
      if (known < daySteps) {
        return Number.NaN;
      }
      if (Number.isNaN(level)) {
        start();
      }
      for (; taken < known; taken++) {
        const value = demand[taken]!;
        const slot = taken % daySteps;
        const before = level;
        if (!Number.isNaN(value)) {
          level = LEVEL_RATE * (value - season[slot]!) + (1 - LEVEL_RATE) * (level + trend);
          season[slot] = SEASON_RATE * (value - level) + (1 - SEASON_RATE) * season[slot]!;
          trend = TREND_RATE * (level - before) + (1 - TREND_RATE) * TREND_DAMPING * trend;
        }
      }
      return Math.max(0, level + steps * trend + season[(known + steps - 1) % daySteps]!);
    },
  };
}

import { quantileSorted, sortedObserved } from '../../statistics/index.ts';
import { carriedForward } from '../carriedForward.ts';
import { randomWalkForecast } from '../baselines/randomWalkForecast.ts';
import type { LocalModel } from '../localModel.ts';
import { eventEffects } from './eventEffects.ts';
import { trendMixture } from './trendMixture.ts';
import { weekProfile } from './weekProfile.ts';
import { yearProfile } from './yearProfile.ts';

const DAY = 86_400;
const YEAR_DAYS = 365.25;
const MIN_DAYS = 6;
const MOST_ABOVE = 2;
const MEAN_LEVELS = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];

/**
 * The next months, day by day: damped growth, the week, the year where two are known, and known events that were seen
 * before; quantiles of the errors that the same growth made at each lead, taken as likely above as below, since what
 * growth once had in excess says nothing of the next months.
 *
 * Growth and effects are in proportion for sizes above the usual one, in units below it.
 */
export const planning: LocalModel = {
  name: 'planning',
  readsCovariates: true,
  fit: (_history, { seasonSteps }) => ({
    predict(history, { horizon, levels }) {
      const { grid, values } = history.target;
      const first = values.findIndex((value) => !Number.isNaN(value));
      const filled = carriedForward(values.subarray(Math.max(0, first)));
      if (filled.length < MIN_DAYS) {
        return randomWalkForecast(values, horizon, levels, [
          'too few measurements to plan from: the last value stands in, with wider quantiles',
        ]);
      }
      const unit = leastSize(filled);
      const scaled = filled.map((value) => Math.asinh(value / unit));
      const period = seasonSteps > 1 ? seasonSteps : grid.stepSeconds === DAY ? 7 : 1;
      const known = {
        ...history,
        target: { grid: { ...grid, startSeconds: grid.startSeconds + first * grid.stepSeconds }, values: filled },
      };

      const draft = weekProfile(scaled, period);
      const events = eventEffects(
        known,
        without(scaled, (step) => draft[step % period]!),
        horizon
      );
      const eventless = without(scaled, (step) => events[step]!);
      const week = weekProfile(eventless, period);
      const weekless = without(eventless, (step) => week[step % period]!);
      const year = yearProfile(weekless, (YEAR_DAYS * DAY) / grid.stepSeconds);
      const trend = trendMixture(without(weekless, year), horizon);

      const doubt = Math.sqrt(1 + (2 * period) / scaled.length);
      const asked = [...levels, ...MEAN_LEVELS];
      const quantiles = asked.map((level) => doubt * trend.quantile(level));
      const least = scaled.reduce((a, b) => Math.min(a, b)) - MOST_ABOVE;
      const largest = scaled.reduce((a, b) => Math.max(a, b)) + MOST_ABOVE;
      const forecast = new Float64Array(levels.length * horizon);
      const mean = new Float64Array(horizon);
      for (let lead = 1; lead <= horizon; lead++) {
        const step = scaled.length - 1 + lead;
        const middle = trend.at(lead) + week[step % period]! + year(step) + events[step]!;
        const size = trend.size(lead);
        quantiles.forEach((quantile, row) => {
          const value = unit * Math.sinh(Math.max(least, Math.min(largest, middle + size * quantile)));
          if (row < levels.length) {
            forecast[row * horizon + lead - 1] = value;
          } else {
            mean[lead - 1]! += value / MEAN_LEVELS.length;
          }
        });
      }
      return { values: forecast, mean, warnings: [] };
    },
  }),
};

function without(values: Float64Array, effect: (step: number) => number): Float64Array {
  return values.map((value, step) => value - effect(step));
}

function leastSize(values: Float64Array): number {
  const sizes = sortedObserved(values.map(Math.abs)).filter((size) => size > 0);
  return sizes.length === 0 ? 1 : Math.max(Number.MIN_VALUE * 1e16, quantileSorted(sizes, 0.5));
}

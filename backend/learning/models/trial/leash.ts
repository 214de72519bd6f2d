import type { Forecast } from '../../../forecasting/index.ts';
import { CRPS_LEVELS, pinballLoss, selectMedian } from '../../../statistics/index.ts';
import type { TrialState } from './trialState.ts';

/** On no day may a model on a leash cost so many usual losses more than the one it is tied to. */
export const LEASH = 0.4;

/** The usual loss of what lost this much in each block: the median, which few wild days do not move; 0 of none. */
export function usualLoss(losses: readonly number[]): number {
  return losses.length === 0 ? 0 : selectMedian(Float64Array.from(losses));
}

/** Of each series whose usual loss is known: how much more a forecast may cost, in its unit. */
export function leashesOf({ tail }: TrialState): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(tail.usual)
      .map(([series, losses]) => [series, LEASH * usualLoss(losses)] as const)
      .filter(([, most]) => most > 0)
  );
}

/**
 * A forecast drawn towards another, all quantiles by one share, until over no beginning of it any truths whatever could
 * make its mean CRPS larger than the other's by more than `most`. Both are of the same instants and levels.
 *
 * The loss is convex in the quantiles, so drawing by a share takes at least that share of what can be lost, and leaves at
 * least that share of what is gained.
 */
export function leashed(forecast: Forecast, to: Forecast, most: number): Forecast {
  const steps = forecast.grid.length;
  const rows = CRPS_LEVELS.map((level) => forecast.levels.indexOf(level));
  const isSame = steps === to.grid.length && forecast.values.length === to.values.length;
  if (rows.includes(-1) || !isSame || forecast.grid.startSeconds !== to.grid.startSeconds) {
    throw new RangeError('a leash needs two forecasts of the same instants, at the levels 0.1 to 0.9');
  }
  let [sum, worst] = [0, 0];
  for (let step = 0; step < steps; step++) {
    sum += worstExcess(
      rows.map((row) => forecast.values[row * steps + step]!),
      rows.map((row) => to.values[row * steps + step]!)
    );
    worst = Math.max(worst, sum / (step + 1));
  }
  if (worst <= most) {
    return forecast;
  }
  const share = most / worst;
  const drawn = (own: Float64Array, other: Float64Array): Float64Array =>
    own.map((value, index) => other[index]! + share * (value - other[index]!));
  return { ...forecast, values: drawn(forecast.values, to.values), mean: drawn(forecast.mean, to.mean) };
}

/** How much larger the loss of some quantiles can be than that of others: it changes its slope at quantiles only. */
function worstExcess(own: readonly number[], other: readonly number[]): number {
  let worst = 0;
  for (const truth of own.concat(other)) {
    let excess = 0;
    for (const [row, level] of CRPS_LEVELS.entries()) {
      excess += 2 * (pinballLoss(truth, own[row]!, level) - pinballLoss(truth, other[row]!, level));
    }
    worst = Math.max(worst, excess / CRPS_LEVELS.length);
  }
  return worst;
}

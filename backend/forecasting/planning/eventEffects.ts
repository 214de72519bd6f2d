import type { Series } from '../../timeseries/index.ts';
import type { History } from '../history.ts';

const DOUBTFUL_EVENTS = 1;

/**
 * What known events (holidays, sales: 1 on their days, else 0; or any size) add to the days of `remainder`, one entry
 * for each day of the history and of the horizon: the mean of what they added before, shrunk where they are few.
 *
 * An event never seen adds nothing.
 */
export function eventEffects(history: History, remainder: Float64Array, horizon: number): Float64Array {
  const effects = new Float64Array(remainder.length + horizon);
  const usual = median(remainder);
  for (const covariate of history.knownCovariates?.values() ?? []) {
    const sizes = alignedSizes(covariate, history.target, effects.length);
    let products = 0;
    let squares = 0;
    let largest = 0;
    for (let step = 0; step < remainder.length; step++) {
      products += sizes[step]! * (remainder[step]! - usual - effects[step]!);
      squares += sizes[step]! ** 2;
      largest = Math.max(largest, Math.abs(sizes[step]!));
    }
    const effect = squares === 0 ? 0 : products / (squares + DOUBTFUL_EVENTS * largest * largest);
    sizes.forEach((size, step) => (effects[step]! += effect * Math.max(-largest, Math.min(largest, size))));
  }
  return effects;
}

/** Less the usual size, so that days without an event are 0; missing ones count as such days. */
function alignedSizes(covariate: Series, target: Series, length: number): Float64Array {
  const { startSeconds, stepSeconds } = target.grid;
  const shift = Math.round((startSeconds - covariate.grid.startSeconds) / stepSeconds);
  const known = Float64Array.from({ length }, (_, step) => covariate.values[step + shift] ?? Number.NaN);
  const usual = median(known.filter(Number.isFinite));
  return known.map((value) => (Number.isFinite(value) ? value - usual : 0));
}

function median(values: Float64Array): number {
  return values.length === 0 ? 0 : values.slice().sort()[values.length >> 1]!;
}

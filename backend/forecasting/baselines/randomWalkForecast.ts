import { carriedForward } from '../carriedForward.ts';
import type { RawForecast } from '../localModel.ts';
import { normalForecast } from '../normalForecast.ts';

const WIDENING = 1.5;
const UNKNOWN_DEVIATION_SHARE = 0.5;

/**
 * The last value with the normal quantiles of a random walk, half as wide again as its steps say: what is left to say
 * about a history too short for a model.
 *
 * One lone measurement gets a deviation of half its size, since nothing is known of its changes.
 */
export function randomWalkForecast(
  values: Float64Array,
  horizon: number,
  levels: readonly number[],
  warnings: readonly string[]
): RawForecast {
  const filled = carriedForward(values);
  const last = filled.at(-1)!;
  let squares = 0;
  let count = 0;
  let previous = -1;
  values.forEach((value, index) => {
    if (!Number.isNaN(value)) {
      if (previous >= 0) {
        squares += (value - values[previous]!) ** 2;
        count += index - previous;
      }
      previous = index;
    }
  });
  const step = count === 0 ? UNKNOWN_DEVIATION_SHARE * Math.abs(last) : WIDENING * Math.sqrt(squares / count);
  const deviation = Float64Array.from({ length: horizon }, (_, lead) => step * Math.sqrt(count === 0 ? 1 : lead + 1));
  return normalForecast(new Float64Array(horizon).fill(last), deviation, levels, warnings);
}

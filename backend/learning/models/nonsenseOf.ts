import { isFiniteForecast, type History, type RawForecast } from '../../forecasting/index.ts';

/** As many times as far from the middle of what was measured as anything that was measured. */
const ABSURD_FACTOR = 1000;
/** Quantiles that cross by more than this share of the spread of what was measured; less is rounding. */
const CROSSING_SHARE = 0.05;

/** Why a forecast of a history cannot be meant, in words; `undefined` where it can. */
export function nonsenseOf({ values, mean }: RawForecast, { target }: History): string | undefined {
  if (!isFiniteForecast({ values, mean, warnings: [] })) {
    return 'it gave what is no number';
  }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of target.values) {
    if (value < low) {
      low = value;
    }
    if (value > high) {
      high = value;
    }
  }
  const size = Math.max(high - low, Math.abs(high), Math.abs(low));
  // Of what was never but zero, or never measured, nothing is known to be absurd.
  if (!(low <= high) || size === 0) {
    return undefined;
  }
  const middle = (low + high) / 2;
  const reach = ABSURD_FACTOR * size;
  const far = values.find((value) => Math.abs(value - middle) > reach);
  if (far !== undefined) {
    return `it gave ${far.toPrecision(3)} where between ${low.toPrecision(3)} and ${high.toPrecision(3)} was measured`;
  }
  const steps = mean.length;
  const tolerance = CROSSING_SHARE * Math.max(high - low, Math.abs(middle));
  for (let cell = steps; cell < values.length; cell++) {
    if (values[cell]! < values[cell - steps]! - tolerance) {
      return 'its quantiles crossed';
    }
  }
  return undefined;
}

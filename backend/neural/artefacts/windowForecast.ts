import type { PredictOptions, RawForecast } from '../../forecasting/index.ts';
import { LEVEL_COUNT, NEURAL_LEVELS, TRAINED_STEPS, type WindowScale } from '../windows/index.ts';
import { quantileAt } from './quantilesAt.ts';

const LARGEST_SCALED = 12;
/** The share of the distribution for which each level stands: what lies nearest to it. */
const SHARES = NEURAL_LEVELS.map((level, row) => {
  const low = row === 0 ? 0 : (NEURAL_LEVELS[row - 1]! + level) / 2;
  const high = row === LEVEL_COUNT - 1 ? 1 : (level + NEURAL_LEVELS[row + 1]!) / 2;
  return high - low;
});

/** The forecast in a network's answer to one window, `scaled` as `[step][level]`, at the levels asked for. */
export function windowForecast(
  scaled: Float32Array,
  { location, scale }: WindowScale,
  { horizon, levels }: PredictOptions
): RawForecast {
  const values = new Float64Array(levels.length * horizon);
  const mean = new Float64Array(horizon);
  const own = new Float64Array(LEVEL_COUNT);
  const places = levels.map((level) => NEURAL_LEVELS.indexOf(level));
  for (let step = 0; step < horizon; step++) {
    let sum = 0;
    for (let row = 0; row < LEVEL_COUNT; row++) {
      const z = Math.max(-LARGEST_SCALED, Math.min(LARGEST_SCALED, scaled[step * LEVEL_COUNT + row]!));
      const power = Math.exp(z);
      const value = location + (scale * (power - 1 / power)) / 2;
      own[row] = value;
      sum += SHARES[row]! * value;
    }
    mean[step] = sum;
    for (let row = 0; row < places.length; row++) {
      const place = places[row]!;
      values[row * horizon + step] = place < 0 ? quantileAt(NEURAL_LEVELS, own, levels[row]!) : own[place]!;
    }
  }
  const warnings =
    horizon > TRAINED_STEPS
      ? [`steps beyond ${String(TRAINED_STEPS)} lie farther ahead than the model was trained for`]
      : [];
  return { values, mean, warnings };
}

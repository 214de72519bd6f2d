import { normalQuantile } from '../statistics/index.ts';
import type { RawForecast } from './localModel.ts';

/** The forecast whose steps are normal around `mean`, `[step]`, with `deviation`, `[step]`. */
export function normalForecast(
  mean: Float64Array,
  deviation: Float64Array,
  levels: readonly number[],
  warnings: readonly string[] = []
): RawForecast {
  const steps = mean.length;
  const values = new Float64Array(levels.length * steps);
  levels.forEach((level, row) => {
    const z = normalQuantile(level);
    for (let step = 0; step < steps; step++) {
      values[row * steps + step] = mean[step]! + z * deviation[step]!;
    }
  });
  return { values, mean, warnings };
}

import type { RawForecast } from '../localModel.ts';

/**
 * A known part, a forecast around it and, where it is not known, a forecast of a driver's part, added up as independent
 * of each other: distances from the medians add as their squares do.
 *
 * `known` and `part` are `[step]`, `part` NaN where the forecast `driver` stands in; the forecasts are at the levels
 * `all`, with the middle one among them, the sum at `levels`.
 */
export function sumOfForecasts(
  known: Float64Array,
  around: RawForecast,
  driver: RawForecast | undefined,
  part: Float64Array | undefined,
  all: readonly number[],
  levels: readonly number[]
): RawForecast {
  const steps = known.length;
  const middle = all.indexOf(0.5) * steps;
  const values = new Float64Array(levels.length * steps);
  const mean = new Float64Array(steps);
  for (let step = 0; step < steps; step++) {
    const isKnown = driver === undefined || !Number.isNaN(part?.[step]);
    const sure = known[step]! + (isKnown ? (part?.[step] ?? 0) : driver.values[middle + step]!);
    mean[step] = known[step]! + around.mean[step]! + (isKnown ? (part?.[step] ?? 0) : driver.mean[step]!);
    const center = around.values[middle + step]!;
    levels.forEach((level, row) => {
      const cell = all.indexOf(level) * steps + step;
      const own = around.values[cell]! - center;
      const other = isKnown ? 0 : driver.values[cell]! - driver.values[middle + step]!;
      values[row * steps + step] = sure + center + Math.sign(level - 0.5) * Math.hypot(own, other);
    });
  }
  return { values, mean, warnings: around.warnings };
}

import type { RegressionColumn } from './regressionVariant.ts';

/**
 * The standard error of each driver's lasting response, as a share of it, by how it changes when blocks of the past are
 * left out one at a time.
 *
 * Source: the delete-a-group jackknife, Künsch (1989).
 */
export function responseErrors(
  columns: readonly RegressionColumn[],
  coefficients: Float64Array,
  withoutBlock: readonly Float64Array[]
): ReadonlyMap<number, number> {
  const drivers = [...new Set(columns.map(({ driver }) => driver))].filter((driver) => driver >= 0);
  return new Map(
    drivers.map((driver) => {
      const whole = response(columns, coefficients, driver);
      const parts = withoutBlock.map((each) => response(columns, each, driver));
      const mean = parts.reduce((sum, value) => sum + value, 0) / parts.length;
      const squares = parts.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const error = Math.sqrt(((parts.length - 1) / parts.length) * squares);
      return [driver, whole === 0 ? 0 : error / Math.abs(whole)];
    })
  );
}

/** What one more spread of a driver makes in the end: its mean slope and all its lags. */
function response(columns: readonly RegressionColumn[], coefficients: Float64Array, driver: number): number {
  let slopes = 0;
  let segments = 0;
  let lags = 0;
  columns.forEach((column, i) => {
    if (column.driver === driver && column.role === 'segment') {
      slopes += coefficients[i]!;
      segments++;
    } else if (column.driver === driver && column.role === 'lag') {
      lags += coefficients[i]!;
    }
  });
  return slopes / Math.max(1, segments) + lags;
}

import {
  addScores,
  coverage,
  crps,
  emptyScores,
  mergeScores,
  normalizedDeviation,
  weightedQuantileLoss,
  type QuantileScores,
} from '../statistics/index.ts';

/** What is summed over forecasts to score them; parts add up. */
export interface ForecastSums {
  readonly quantiles: QuantileScores;
  /** Absolute errors of the median over the mean seasonal difference of the window's past. */
  scaledErrors: number;
  scaledCount: number;
  /** For each central band, how many truths lay inside; by the share it should hold, as text. */
  readonly inside: Map<string, number>;
}

/** Scores of a forecaster; absent ones could not be computed (no truth but zero, no seasonal difference). */
export interface ForecastScores {
  readonly mase: number | undefined;
  readonly crps: number | undefined;
  readonly wql: number | undefined;
  readonly nd: number | undefined;
  /** The share of truths inside each central band, by the share it should hold: `0.8` lies between 0.1 and 0.9. */
  readonly coverage: Readonly<Record<string, number>>;
}

/** Sums of nothing yet, for forecasts with these `levels`, 0.1 ... 0.9 among them. */
export function emptySums(levels: readonly number[]): ForecastSums {
  const inside = new Map(centralBands(levels).map(({ name }) => [name, 0]));
  return { quantiles: emptyScores(levels), scaledErrors: 0, scaledCount: 0, inside };
}

/**
 * Adds one forecast, `values` as `[level][step]`, and its truth, `[step]`, NaN where missing.
 *
 * `seasonalDifference` is the denominator of MASE; where it is zero or NaN the window has no MASE.
 */
export function addForecast(
  sums: ForecastSums,
  values: Float64Array,
  truth: Float64Array,
  seasonalDifference: number
): void {
  const { levels } = sums.quantiles;
  const steps = truth.length;
  addScores(sums.quantiles, values, truth);
  const median = levels.indexOf(0.5) * steps;
  if (seasonalDifference > 0) {
    truth.forEach((value, step) => {
      const error = Math.abs(value - values[median + step]!);
      if (!Number.isNaN(error)) {
        sums.scaledErrors += error / seasonalDifference;
        sums.scaledCount++;
      }
    });
  }
  for (const { name, lower, upper } of centralBands(levels)) {
    const row = (index: number): Float64Array => values.subarray(index * steps, (index + 1) * steps);
    const { inside } = coverage(truth, row(lower), row(upper));
    sums.inside.set(name, sums.inside.get(name)! + inside);
  }
}

/** Adds the sums of `other`, of forecasts with the same levels. */
export function mergeSums(sums: ForecastSums, other: ForecastSums): void {
  mergeScores(sums.quantiles, other.quantiles);
  sums.scaledErrors += other.scaledErrors;
  sums.scaledCount += other.scaledCount;
  for (const [name, count] of other.inside) {
    sums.inside.set(name, sums.inside.get(name)! + count);
  }
}

/** The scores of all that was added; `wqlLevels` are the levels over which the weighted quantile loss is taken. */
export function scoresOf(sums: ForecastSums, wqlLevels: readonly number[]): ForecastScores {
  const { quantiles, scaledErrors, scaledCount, inside } = sums;
  return {
    mase: scaledCount === 0 ? undefined : scaledErrors / scaledCount,
    crps: crps(quantiles),
    wql: weightedQuantileLoss(quantiles, wqlLevels),
    nd: normalizedDeviation(quantiles),
    coverage: Object.fromEntries(
      quantiles.count === 0 ? [] : Array.from(inside, ([name, count]) => [name, count / quantiles.count])
    ),
  };
}

function centralBands(levels: readonly number[]): Array<{ name: string; lower: number; upper: number }> {
  return levels.flatMap((level, lower) => {
    const upper = levels.findIndex((other) => Math.abs(other - (1 - level)) < 1e-9);
    return level < 0.5 && upper >= 0 ? [{ name: String(Number((1 - 2 * level).toFixed(6))), lower, upper }] : [];
  });
}

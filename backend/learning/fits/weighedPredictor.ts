import type { Forecast, Predictor } from '../../forecasting/index.ts';
import { keptWeight, type WeighedFits } from './weighFits.ts';

/** Forecasts by both fits, each quantile averaged by their weights; a fit without a weight is not asked. */
export function weighedPredictor(fits: WeighedFits): Predictor {
  const weight = keptWeight(fits);
  const { kept, fresh } = fits;
  if (weight === 0 || weight === 1) {
    return weight === 0 ? fresh : kept;
  }
  return {
    name: fresh.name,
    async predict(history, options) {
      const [older, newer] = await Promise.all([kept.predict(history, options), fresh.predict(history, options)]);
      return averaged(older, newer, weight);
    },
  };
}

function averaged(older: Forecast, newer: Forecast, weight: number): Forecast {
  const between = (from: Float64Array, to: Float64Array): Float64Array =>
    from.map((value, index) => weight * value + (1 - weight) * to[index]!);
  const share = `an earlier fit counts ${(100 * weight).toFixed(0)} %, by how both did since`;
  return {
    ...newer,
    values: between(older.values, newer.values),
    mean: between(older.mean, newer.mean),
    warnings: [...new Set([...newer.warnings, ...older.warnings])],
    reason: newer.reason === undefined ? share : `${newer.reason}; ${share}`,
  };
}

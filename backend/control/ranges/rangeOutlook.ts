import type { Outlook } from '../../allocation/index.ts';
import type { Forecast } from '../../forecasting/index.ts';

/** One series of a range with its forecast, whose grid begins one step after the cutoff. */
export interface RangeSeries {
  readonly name: string;
  readonly kind: 'activity' | 'resource';
  readonly unit: string;
  readonly forecast: Forecast;
  /** Usable capacity as it stands, absent without one. */
  readonly capacity?: number;
}

export interface RangeOutlookInput {
  /** The name that the storage keeps it under. */
  readonly subject: string;
  readonly issuedAtSeconds: number;
  readonly cutoffSeconds: number;
  readonly stepSeconds: number;
  readonly horizon: number;
  readonly currency: string;
  readonly series: readonly RangeSeries[];
}

/** Forecasts of one range as an outlook: forecasts alone, since shortfalls and plans are told of the day ahead. */
export function rangeOutlook(input: RangeOutlookInput): Outlook {
  const { subject, issuedAtSeconds, cutoffSeconds, stepSeconds, horizon, currency } = input;
  const length = horizon + 1;
  return {
    workload: subject,
    issuedAtSeconds,
    cutoffSeconds,
    grid: { startSeconds: cutoffSeconds, stepSeconds, length },
    series: input.series.map(({ name, kind, unit, forecast, capacity }) => ({
      name,
      kind,
      unit,
      model: forecast.model,
      levels: forecast.levels,
      values: afterCutoff(forecast.values, horizon),
      mean: afterCutoff(forecast.mean, horizon),
      ...(capacity === undefined ? {} : { capacity: afterCutoff(new Float64Array(horizon).fill(capacity), horizon) }),
      warnings: forecast.warnings,
    })),
    currency,
    warnings: [],
  };

  /** Rows of `horizon` values, each with a NaN before it for the cutoff. */
  function afterCutoff(rows: Float64Array, rowLength: number): Float64Array {
    const out = new Float64Array((rows.length / rowLength) * length).fill(Number.NaN);
    for (let row = 0; row * rowLength < rows.length; row++) {
      out.set(rows.subarray(row * rowLength, (row + 1) * rowLength), row * length + 1);
    }
    return out;
  }
}

import type { Series } from '../timeseries/index.ts';

const DAY_SECONDS = 86_400;

/**
 * What is left of a history without its straight trend and its profile over the day or the week, `[step]`, NaN kept.
 *
 * Of no profile, a daily and a weekly one, the one that foresees left-out values best; each value is compared with the
 * mean of the others at its phase.
 */
export function seasonalResidual(history: Series): Float64Array {
  const level = withoutTrend(history.values);
  const candidates = [1, ...seasonLengths(history)].map((period) => leaveOneOut(level, period));
  return candidates.reduce((best, next) => (next.error < best.error ? next : best)).residual;
}

function seasonLengths({ grid }: Series): readonly number[] {
  return [DAY_SECONDS / grid.stepSeconds, (7 * DAY_SECONDS) / grid.stepSeconds].filter(
    (period) => Number.isInteger(period) && period > 1 && grid.length >= 2 * period
  );
}

function withoutTrend(values: Float64Array): Float64Array {
  let [count, sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) {
      const x = i / values.length;
      count++;
      sumX += x;
      sumY += value;
      sumXX += x * x;
      sumXY += x * value;
    }
  }
  const spread = count * sumXX - sumX * sumX;
  const slope = spread > 1e-9 ? (count * sumXY - sumX * sumY) / spread : 0;
  const middle = count === 0 ? 0 : (sumY - slope * sumX) / count;
  return values.map((value, i) => value - middle - (slope * i) / values.length);
}

function leaveOneOut(values: Float64Array, period: number): { residual: Float64Array; error: number } {
  const sums = new Float64Array(period);
  const counts = new Uint32Array(period);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) {
      sums[i % period]! += value;
      counts[i % period]!++;
    }
  }
  const residual = new Float64Array(values.length);
  let error = 0;
  for (let i = 0; i < values.length; i++) {
    const phase = i % period;
    const others = counts[phase]! - 1;
    residual[i] = others > 0 ? (values[i]! * counts[phase]! - sums[phase]!) / others : values[i]!;
    error += Number.isNaN(residual[i]!) ? 0 : Math.abs(residual[i]!);
  }
  return { residual, error };
}

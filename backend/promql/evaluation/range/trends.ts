import { executionError } from '../executionError.ts';
import { KahanSum } from '../kahanSum.ts';
import type { Window } from './window.ts';

const sums = { x: new KahanSum(), y: new KahanSum(), xy: new KahanSum(), xx: new KahanSum() };

/** Slope of the least-squares line, per second. */
export function deriv(window: Window): number {
  return leastSquares(window, window.timestamps[window.from]!).slope;
}

/** Value of the least-squares line the given seconds after the evaluation time. */
export function predictLinear(window: Window): number {
  const { slope, intercept } = leastSquares(window, window.timeMs);
  return slope * window.scalars[0]! + intercept;
}

/** Holt's linear method with smoothing and trend factors. Source: funcDoubleExponentialSmoothing. */
export function doubleExponentialSmoothing({ values, from, to, scalars }: Window): number {
  const smoothing = requireFactor('smoothing', 'sf', scalars[0]!);
  const trendFactor = requireFactor('trend', 'tf', scalars[1]!);
  let previous = 0;
  let smoothed = values[from]!;
  let trend = values[from + 1]! - values[from]!;
  for (let i = from + 1; i < to; i++) {
    if (i > from + 1) {
      trend = trendFactor * (smoothed - previous) + (1 - trendFactor) * trend;
    }
    const next = smoothing * values[i]! + (1 - smoothing) * (smoothed + trend);
    previous = smoothed;
    smoothed = next;
  }
  return smoothed;
}

function requireFactor(name: string, symbol: string, factor: number): number {
  if (factor <= 0 || factor >= 1) {
    throw executionError(`invalid ${name} factor. Expected: 0 < ${symbol} < 1, got: ${factor.toFixed(6)}`);
  }
  return factor;
}

/** Source: Prometheus' linearRegression. */
function leastSquares(
  { timestamps, values, from, to }: Window,
  interceptMs: number
): { readonly slope: number; readonly intercept: number } {
  const first = values[from]!;
  let isConstant = true;
  for (const sum of Object.values(sums)) {
    sum.reset();
  }
  for (let i = from; i < to; i++) {
    const y = values[i]!;
    const x = (timestamps[i]! - interceptMs) / 1000;
    isConstant &&= i === from || y === first;
    sums.x.add(x);
    sums.y.add(y);
    sums.xy.add(x * y);
    sums.xx.add(x * x);
  }
  if (isConstant) {
    return Math.abs(first) === Infinity ? { slope: Number.NaN, intercept: Number.NaN } : { slope: 0, intercept: first };
  }
  const count = to - from;
  const x = sums.x.total;
  const y = sums.y.total;
  const slope = (sums.xy.total - (x * y) / count) / (sums.xx.total - (x * x) / count);
  return { slope, intercept: y / count - (slope * x) / count };
}

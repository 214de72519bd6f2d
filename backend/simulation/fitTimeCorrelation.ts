import type { TimeCorrelation } from './timeCorrelation.ts';

const TIME_CONSTANT_RATIO = Math.SQRT2;

/** Lags spread evenly on a logarithmic scale from 1 to `longest`. */
export function spreadLags(longest: number): readonly number[] {
  const lags: number[] = [];
  for (let lag = 1; lag <= longest; lag = Math.max(lag + 1, Math.round(lag * TIME_CONSTANT_RATIO))) {
    lags.push(lag);
  }
  return lags;
}

/** The TimeCorrelation nearest, by least squares, to autocorrelations at some lags; no lags give white noise. */
export function fitTimeCorrelation(lags: readonly number[], autocorrelations: readonly number[]): TimeCorrelation {
  let best: TimeCorrelation = { weight: 0, persistence: 0 };
  let bestError = autocorrelations.reduce((sum, value) => sum + value ** 2, 0);
  const longest = lags.at(-1) ?? 0;
  for (let constant = 0.5; constant <= 4 * longest; constant *= TIME_CONSTANT_RATIO) {
    const persistence = Math.exp(-1 / constant);
    const curve = lags.map((lag) => persistence ** lag);
    const product = curve.reduce((sum, value, i) => sum + value * autocorrelations[i]!, 0);
    const square = curve.reduce((sum, value) => sum + value ** 2, 0);
    const weight = Math.max(0, Math.min(1, product / square));
    const error = curve.reduce((sum, value, i) => sum + (autocorrelations[i]! - weight * value) ** 2, 0);
    if (error < bestError) {
      best = { weight, persistence };
      bestError = error;
    }
  }
  return best;
}

import { HeadroomError } from '../errors/index.ts';
import { quantileSorted, sortedObserved } from '../statistics/index.ts';
import type { History } from './history.ts';

/** A history as the models read it, and what was left out of it, in words. */
export interface ReadHistory {
  readonly history: History;
  readonly warnings: readonly string[];
}

/** Beyond this many times the usual spread a value is a fault of measuring, and would drown the others in sums. */
const EXTREME = 1e9;

/**
 * The history with what cannot be a measurement taken as missing: infinities, and values a thousand million times
 * farther from the median than the usual spread (the warnings say how many).
 *
 * Throws FORECAST_HISTORY_EMPTY where nothing is left.
 */
export function measuredHistory(history: History): ReadHistory {
  const { grid, values } = history.target;
  let count = 0;
  let infinite = 0;
  let largest = 0;
  let sum = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size <= Number.MAX_VALUE) {
      count++;
      largest = size > largest ? size : largest;
      sum += size;
    } else if (size === Number.POSITIVE_INFINITY) {
      infinite++;
    }
  }
  if (count === 0) {
    throw new HeadroomError('FORECAST_HISTORY_EMPTY', { series: history.metadata?.['series'] ?? 'this series' });
  }
  const mayHoldExtremes = !Number.isFinite(sum) || largest > (EXTREME / 4) * ((sum - largest) / count);
  if (infinite === 0 && !mayHoldExtremes) {
    return { history, warnings: [] };
  }
  const limits = mayHoldExtremes ? usualLimits(values) : { low: -Number.MAX_VALUE, high: Number.MAX_VALUE };
  const isMeasured = (value: number): boolean => value >= limits.low && value <= limits.high;
  let leftOut = 0;
  for (const value of values) {
    leftOut += isMeasured(value) || Number.isNaN(value) ? 0 : 1;
  }
  if (leftOut === 0) {
    return { history, warnings: [] };
  }
  const kept = values.map((value) => (isMeasured(value) ? value : Number.NaN));
  return {
    history: { ...history, target: { grid, values: kept } },
    warnings: [`${String(leftOut)} measurements were too far from all others to be true and were left out`],
  };
}

function usualLimits(values: Float64Array): { low: number; high: number } {
  const sorted = sortedObserved(values.map((value) => (Number.isFinite(value) ? value : Number.NaN)));
  const median = quantileSorted(sorted, 0.5);
  const spread = Math.max(quantileSorted(sorted, 0.95) / 2 - quantileSorted(sorted, 0.05) / 2, Math.abs(median));
  const reach = spread === 0 ? Number.POSITIVE_INFINITY : spread * EXTREME;
  return { low: Math.max(-Number.MAX_VALUE, median - reach), high: Math.min(Number.MAX_VALUE, median + reach) };
}

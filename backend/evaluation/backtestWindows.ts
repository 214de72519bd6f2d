import { HeadroomError } from '../errors/index.ts';

/** Where the windows of a rolling-origin backtest lie in a series of `length` steps. */
export interface WindowOptions {
  readonly length: number;
  readonly horizon: number;
  readonly windowCount: number;
  /** Steps from one origin to the next; the horizon unless given. */
  readonly stride?: number;
  /** The most steps that the last window may know; as many as leave a whole horizon unless given. */
  readonly lastKnown?: number;
}

/**
 * For each window, the first first, how many steps of the series are known; the next `horizon` are forecast.
 *
 * Throws BACKTEST_TOO_SHORT where the first window would know nothing.
 */
export function backtestWindows({
  length,
  horizon,
  windowCount,
  stride = horizon,
  lastKnown,
}: WindowOptions): number[] {
  const last = Math.min(length - horizon, lastKnown ?? length);
  const first = last - (windowCount - 1) * stride;
  if (first < 1) {
    throw new HeadroomError('BACKTEST_TOO_SHORT', {
      rows: length,
      windows: windowCount,
      horizon,
      needed: length - first + 1,
    });
  }
  return Array.from({ length: windowCount }, (_, window) => first + window * stride);
}

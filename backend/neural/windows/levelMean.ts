import type { PreparedSeries } from './prepareSeries.ts';

/** The mean of the filled values over `steps` steps before `end`, fewer where the series begins later. */
export function levelMean({ totals, first }: PreparedSeries, end: number, steps: number): number {
  const stop = Math.max(first + 1, end);
  const start = Math.max(first, stop - steps);
  return (totals[stop]! - totals[start]!) / (stop - start);
}

/** The mean over `block` steps from `from` and the share of them that was measured; `undefined` where none was. */
export function contextMeans(
  { totals, observed, end }: PreparedSeries,
  from: number,
  block: number
): { readonly value: number; readonly share: number } | undefined {
  const start = Math.max(0, from);
  const stop = Math.min(end, from + block);
  const count = stop > start ? observed[stop]! - observed[start]! : 0;
  return count === 0 ? undefined : { value: (totals[stop]! - totals[start]!) / (stop - start), share: count / block };
}

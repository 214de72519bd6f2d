import type { Observations } from './blockMoments.ts';
import { detrended } from './detrended.ts';

const MAX_ROWS = 4000;
const LEAST_ROWS = 48;

/** The rows at which all is measured, evenly thinned out to a bound, the truths over their scale. */
export function sampleRows(
  target: Float64Array,
  raw: readonly Float64Array[],
  window: number
): { readonly data: Observations; readonly scale: number } | undefined {
  const news = detrended(target, window);
  const columns = raw.map((column) => detrended(column, window));
  const steps: number[] = [];
  for (let t = 0; t < news.length; t++) {
    if (Number.isFinite(news[t]) && columns.every((column) => Number.isFinite(column[t]))) {
      steps.push(t);
    }
  }
  const stride = Math.ceil(steps.length / MAX_ROWS);
  const kept = steps.filter((_, place) => place % stride === 0);
  let scale = 0;
  for (const t of kept) {
    scale += Math.abs(news[t]!) / kept.length;
  }
  if (kept.length < LEAST_ROWS + 2 * columns.length || !(scale > 0)) {
    return undefined;
  }
  const rows = new Float64Array(kept.length * columns.length);
  kept.forEach((t, row) => {
    columns.forEach((column, i) => {
      rows[row * columns.length + i] = column[t]!;
    });
  });
  const truths = Float64Array.from(kept, (t) => news[t]! / scale);
  const weights = new Float64Array(kept.length).fill(1);
  return { data: { rows, truths, weights, columnCount: columns.length }, scale };
}

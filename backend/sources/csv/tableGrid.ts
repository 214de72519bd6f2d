import type { TimeGrid } from '../../timeseries/index.ts';

/** Why rows make no grid: the index of the row to blame, and what is wrong with it. */
export interface GridFault {
  readonly row: number;
  readonly problem: string;
}

/**
 * The grid of ascending instants (epoch milliseconds): its step is their most common spacing, the smallest of several.
 *
 * At most `maxLength` steps; a fault where there are fewer than two rows, a row lies off the grid, or a gap is so long
 * that the grid would not fit.
 */
export function tableGrid(timesMs: Float64Array, maxLength: number): TimeGrid | GridFault {
  if (timesMs.length < 2) {
    return { row: Math.max(0, timesMs.length - 1), problem: 'at least two rows are needed to know the step' };
  }
  const { stepMs, row: anchor } = mostCommonSpacing(timesMs);
  const anchorMs = timesMs[anchor]!;
  const firstMs = timesMs[0]!;
  for (let row = 0; row < timesMs.length; row++) {
    if ((timesMs[row]! - anchorMs) % stepMs !== 0) {
      return { row, problem: `the row lies off the grid of ${String(stepMs / 1000)} s, the most common spacing` };
    }
    if ((timesMs[row]! - firstMs) / stepMs >= maxLength) {
      return {
        row,
        problem: `the row would make a grid of more than ${String(maxLength)} steps of ${String(stepMs / 1000)} s`,
      };
    }
  }
  return {
    startSeconds: firstMs / 1000,
    stepSeconds: stepMs / 1000,
    length: (timesMs.at(-1)! - firstMs) / stepMs + 1,
  };
}

function mostCommonSpacing(timesMs: Float64Array): { stepMs: number; row: number } {
  const counts = new Map<number, { count: number; row: number }>();
  for (let row = 1; row < timesMs.length; row++) {
    const spacing = timesMs[row]! - timesMs[row - 1]!;
    const seen = counts.get(spacing);
    if (seen === undefined) {
      counts.set(spacing, { count: 1, row });
    } else {
      seen.count++;
    }
  }
  let best = { stepMs: Number.POSITIVE_INFINITY, count: 0, row: 0 };
  for (const [stepMs, { count, row }] of counts) {
    if (count > best.count || (count === best.count && stepMs < best.stepMs)) {
      best = { stepMs, count, row };
    }
  }
  return best;
}

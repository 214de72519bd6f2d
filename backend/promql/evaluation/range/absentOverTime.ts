import type { Call } from '../../ast.ts';
import { absentLabels } from '../absentLabels.ts';
import type { EvaluationGrid } from '../grid.ts';
import type { ReadCounter } from '../readCounter.ts';
import { withPresence, type VectorSeries } from '../value.ts';
import { locateWindows } from './locateWindows.ts';
import type { RangeVector } from './rangeSeries.ts';

/** 1 at the steps at which no series has a sample in its window. */
export function absentOverTime(
  call: Call,
  range: RangeVector,
  grid: EvaluationGrid,
  reads: ReadCounter
): VectorSeries | undefined {
  const present = new Uint8Array(grid.count).fill(1);
  for (const { samples } of range.series) {
    const bounds = locateWindows(samples().timestamps, range, grid);
    reads.addWindows(bounds);
    for (let step = 0; step < grid.count; step++) {
      if (bounds.to[step]! > bounds.from[step]!) {
        present[step] = 0;
      }
    }
  }
  const values = new Float64Array(grid.count).fill(1);
  return withPresence({ labels: absentLabels(call.args[0]), dropsName: true, values }, present);
}

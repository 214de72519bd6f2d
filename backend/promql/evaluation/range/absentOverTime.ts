import type { Call } from '../../ast.ts';
import { absentLabels } from '../absentLabels.ts';
import { gridTimeAt, type EvaluationGrid } from '../grid.ts';
import { firstAfter } from '../searchSamples.ts';
import { withPresence, type VectorSeries } from '../value.ts';
import type { RangeVector } from './rangeSeries.ts';

/** 1 at the steps at which no series has a sample in its window. */
export function absentOverTime(call: Call, range: RangeVector, grid: EvaluationGrid): VectorSeries | undefined {
  const present = new Uint8Array(grid.count).fill(1);
  for (const { samples } of range.series) {
    const { timestamps } = samples();
    for (let step = 0; step < grid.count; step++) {
      const end = range.pinnedEndMs ?? gridTimeAt(grid, step) - range.offsetMs;
      if (present[step] === 1 && firstAfter(timestamps, end) > firstAfter(timestamps, end - range.rangeMs)) {
        present[step] = 0;
      }
    }
  }
  const values = new Float64Array(grid.count).fill(1);
  return withPresence({ labels: absentLabels(call.args[0]), dropsName: true, values }, present);
}

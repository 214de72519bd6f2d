import type { Expr } from '../../ast.ts';
import { absentLabels } from '../absentLabels.ts';
import type { EvaluationGrid } from '../grid.ts';
import { withPresence, type VectorSeries } from '../value.ts';

/** 1 at the steps at which no series has a value. */
export function absent(series: readonly VectorSeries[], arg: Expr | undefined, grid: EvaluationGrid): VectorSeries[] {
  const present = new Uint8Array(grid.count).fill(1);
  for (const one of series) {
    for (let step = 0; step < grid.count; step++) {
      present[step]! &= 1 - (one.present?.[step] ?? 1);
    }
  }
  const values = new Float64Array(grid.count).fill(1);
  const result = withPresence({ labels: absentLabels(arg), dropsName: false, values }, present);
  return result === undefined ? [] : [result];
}

/** The value where a step has exactly one, else NaN. */
export function onlyValue(series: readonly VectorSeries[], grid: EvaluationGrid): Float64Array {
  const counts = new Uint32Array(grid.count);
  const values = new Float64Array(grid.count).fill(Number.NaN);
  for (const one of series) {
    for (let step = 0; step < grid.count; step++) {
      if (one.present?.[step] !== 0) {
        counts[step]! += 1;
        values[step] = counts[step] === 1 ? one.values[step]! : Number.NaN;
      }
    }
  }
  return values;
}

import type { MatrixSelector, Subquery } from '../../ast.ts';
import { LabelSet } from '../../labelSet.ts';
import type { Samples } from '../../sampleSource.ts';
import type { EvaluationContext } from '../context.ts';
import { durationMs, offsetMs, positiveDurationMs } from '../durationValue.ts';
import { executionError } from '../executionError.ts';
import { evaluationGrid, gridTimeAt, lastGridTime, type EvaluationGrid } from '../grid.ts';
import { isPresent, type VectorSeries } from '../value.ts';

/** The series of a range vector, and where its windows end. */
export interface RangeVector {
  readonly rangeMs: number;
  /** How far windows end before the evaluation time, or the instant at which they all end. */
  readonly offsetMs: number;
  readonly pinnedEndMs?: number;
  readonly series: ReadonlyArray<{ readonly labels: LabelSet; readonly samples: () => Samples }>;
}

/** A range selector's series, staleness markers taken out. */
export function selectRange(context: EvaluationContext, expr: MatrixSelector): RangeVector {
  const { selector } = expr;
  const offset = offsetMs(selector.offset);
  return {
    rangeMs: positiveDurationMs(expr.range),
    offsetMs: offset,
    ...(typeof selector.at === 'number' ? { pinnedEndMs: selector.at - offset } : {}),
    series: context.selected(selector).map((series) => ({
      labels: LabelSet.from(series.labels),
      samples: () => withoutStale(series.samples()),
    })),
  };
}

/** A subquery's series: its expression at the multiples of its step within its range. */
export async function evaluateSubquery(
  context: EvaluationContext,
  expr: Subquery,
  grid: EvaluationGrid
): Promise<RangeVector> {
  const rangeMs = positiveDurationMs(expr.range);
  const offset = offsetMs(expr.offset);
  const stepMs = expr.step === undefined ? context.subqueryStepMs : durationMs(expr.step);
  if (stepMs < 1) {
    throw executionError('subquery step must be at least a millisecond');
  }
  const isPinned = typeof expr.at === 'number';
  const firstEndMs = (isPinned ? expr.at : grid.startMs) - offset;
  const lastEndMs = (isPinned ? expr.at : lastGridTime(grid)) - offset;
  const startMs = (Math.floor((firstEndMs - rangeMs) / stepMs) + 1) * stepMs;
  const inner = evaluationGrid(startMs, lastEndMs, stepMs);
  context.meter.require(inner.count);
  const { reads } = context.meter;
  const series = inner.count === 0 ? [] : await reads.insideSubquery(() => context.evaluateVector(expr.expr, inner));
  return {
    rangeMs,
    offsetMs: offset,
    ...(isPinned ? { pinnedEndMs: expr.at - offset } : {}),
    series: series.map((one) => ({ labels: one.labels, samples: () => samplesOf(one, inner) })),
  };
}

function withoutStale(samples: Samples): Samples {
  const { timestamps, values, stale } = samples;
  if (stale === undefined || !stale.includes(1)) {
    return samples;
  }
  const isKept = (_: number, index: number): boolean => stale[index] !== 1;
  return { timestamps: timestamps.filter(isKept), values: values.filter(isKept) };
}

function samplesOf(series: VectorSeries, grid: EvaluationGrid): Samples {
  const { values } = series;
  const timestamps = new Float64Array(values.length);
  const kept = new Float64Array(values.length);
  let count = 0;
  for (let step = 0; step < values.length; step++) {
    if (isPresent(series, step)) {
      timestamps[count] = gridTimeAt(grid, step);
      kept[count++] = values[step]!;
    }
  }
  return { timestamps: timestamps.subarray(0, count), values: kept.subarray(0, count) };
}

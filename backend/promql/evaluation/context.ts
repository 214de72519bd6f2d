import type { Expr, VectorSelector } from '../ast.ts';
import type { PromSeries, SampleSource } from '../sampleSource.ts';
import type { Annotations } from './annotations.ts';
import type { EvaluationGrid } from './grid.ts';
import type { Meter } from './meter.ts';
import type { EvaluatedValue, VectorSeries } from './value.ts';

/** What every part of the evaluator works with during one query. */
export interface EvaluationContext {
  readonly source: SampleSource;
  readonly lookbackMs: number;
  /** The step of subqueries that name none. */
  readonly subqueryStepMs: number;
  /** Whether metric names are dropped at the end only, so that the functions in between still see them. */
  readonly dropsNamesLate: boolean;
  readonly annotations: Annotations;
  readonly meter: Meter;
  /** The series that were selected beforehand. */
  selected(selector: VectorSelector): readonly PromSeries[];
  evaluate(expr: Expr, grid: EvaluationGrid): Promise<EvaluatedValue>;
  /** As `evaluate`, of an expression whose type is known to be vector. */
  evaluateVector(expr: Expr, grid: EvaluationGrid): Promise<readonly VectorSeries[]>;
  evaluateScalar(expr: Expr, grid: EvaluationGrid): Promise<Float64Array>;
}

/** A series after an operation that makes another metric of it: its name goes now, or at the end. */
export function withoutName(context: EvaluationContext, series: VectorSeries): VectorSeries {
  return context.dropsNamesLate
    ? { ...series, dropsName: true }
    : { ...series, labels: series.labels.withoutMetadata(), dropsName: true };
}

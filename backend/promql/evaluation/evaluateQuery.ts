import { unwrap, type Expr } from '../ast.ts';
import { LabelSet } from '../labelSet.ts';
import type { SampleSource } from '../sampleSource.ts';
import type { EvaluationContext } from './context.ts';
import { evaluationGrid, gridTimeAt, type EvaluationGrid } from './grid.ts';
import { locateWindows } from './range/locateWindows.ts';
import { evaluateSubquery, selectRange } from './range/rangeSeries.ts';
import type { MatrixSeries, QueryResult, QueryValue } from './queryResult.ts';
import { requireDistinct } from './seriesCollector.ts';
import { presentCount, type EvaluatedValue, type VectorSeries } from './value.ts';
import { withContext, type EvaluationOptions } from './withContext.ts';

/** Evaluates a parsed query at one time; throws HeadroomErrors of the `PROMQL_` family. */
export async function evaluateInstant(
  source: SampleSource,
  expr: Expr,
  timeMs: number,
  options: EvaluationOptions = {}
): Promise<QueryResult> {
  const grid = evaluationGrid(timeMs, timeMs, 1);
  return await withContext(source, expr, grid, options, async (context, prepared) => {
    const inner = unwrap(prepared);
    return inner.kind === 'matrixSelector' || inner.kind === 'subquery'
      ? { type: 'matrix', series: await windowsOf(context, inner, grid) }
      : instantValue(context, await context.evaluate(prepared, grid), timeMs);
  });
}

/** Evaluates a parsed query whose value is a vector or a scalar at every step from `startMs` to `endMs`. */
export async function evaluateRange(
  source: SampleSource,
  expr: Expr,
  startMs: number,
  endMs: number,
  stepMs: number,
  options: EvaluationOptions = {}
): Promise<QueryResult> {
  const grid = evaluationGrid(startMs, endMs, stepMs);
  return await withContext(source, expr, grid, options, async (context, prepared) => {
    const evaluated = finishNames(context, await context.evaluate(prepared, grid));
    return { type: 'matrix', series: await matrixOf(context, evaluated, grid) };
  });
}

function instantValue(context: EvaluationContext, evaluated: EvaluatedValue, timeMs: number): QueryValue {
  const value = finishNames(context, evaluated);
  if (value.type === 'vector') {
    const samples = value.series.map(({ labels, values }) => ({ labels, value: values[0]! }));
    return { type: 'vector', timeMs, samples };
  }
  return value.type === 'scalar'
    ? { type: 'scalar', timeMs, value: value.values[0]! }
    : { type: 'string', timeMs, value: value.value };
}

/** Drops the names that were still to be dropped. */
function finishNames(context: EvaluationContext, value: EvaluatedValue): EvaluatedValue {
  if (!context.dropsNamesLate || value.type !== 'vector') {
    return value;
  }
  const series = value.series.map((one) => (one.dropsName ? { ...one, labels: one.labels.withoutMetadata() } : one));
  requireDistinct(series);
  return { type: 'vector', series };
}

async function matrixOf(
  context: EvaluationContext,
  value: EvaluatedValue,
  grid: EvaluationGrid
): Promise<MatrixSeries[]> {
  const all = new Float64Array(grid.count);
  for (let step = 0; step < grid.count; step++) {
    all[step] = gridTimeAt(grid, step);
  }
  const toMatrix = (evaluated: VectorSeries): MatrixSeries => {
    const { labels, values, present } = evaluated;
    if (present === undefined) {
      return { labels, timestamps: all, values };
    }
    const count = presentCount(evaluated);
    const timestamps = new Float64Array(count);
    const kept = new Float64Array(count);
    let place = 0;
    for (let step = 0; step < grid.count; step++) {
      if (present[step] === 1) {
        timestamps[place] = all[step]!;
        kept[place++] = values[step]!;
      }
    }
    return { labels, timestamps, values: kept };
  };
  if (value.type === 'vector') {
    const series: MatrixSeries[] = [];
    for (const one of value.series) {
      series.push(toMatrix(one));
      if (context.meter.spend(grid.count * 2 + 500)) {
        await context.meter.pause();
      }
    }
    return series;
  }
  return value.type === 'scalar' ? [{ labels: LabelSet.EMPTY, timestamps: all, values: value.values }] : [];
}

/** The samples of a range vector at one time. */
async function windowsOf(
  context: EvaluationContext,
  expr: Extract<Expr, { kind: 'matrixSelector' | 'subquery' }>,
  grid: EvaluationGrid
): Promise<MatrixSeries[]> {
  const range = expr.kind === 'subquery' ? await evaluateSubquery(context, expr, grid) : selectRange(context, expr);
  const result: MatrixSeries[] = [];
  for (const { labels, samples } of range.series) {
    const { timestamps, values } = samples();
    const bounds = locateWindows(timestamps, range, grid);
    const { from, to } = bounds;
    if (to[0]! > from[0]!) {
      context.meter.hold(to[0]! - from[0]!);
      context.meter.reads.addWindows(bounds);
      result.push({
        labels,
        timestamps: timestamps.subarray(from[0], to[0]),
        values: values.subarray(from[0], to[0]),
      });
    }
  }
  return result;
}

import { typeOf, unwrap, type Binary, type Expr, type VectorMatching } from '../ast.ts';
import { evaluateAggregation } from './aggregate/evaluateAggregation.ts';
import { withoutName, type EvaluationContext } from './context.ts';
import type { EvaluationGrid } from './grid.ts';
import { evaluateInstantSelector } from './instantSelector.ts';
import { combineScalars, combineWithScalar } from './operator/scalarOperators.ts';
import { combineSets } from './operator/setOperators.ts';
import { combineVectors } from './operator/vectorOperators.ts';
import { evaluateRangeCall, rangeArgument } from './range/evaluateRangeCall.ts';
import { requireDistinct } from './seriesCollector.ts';
import type { EvaluatedValue, VectorSeries } from './value.ts';
import { evaluateVectorCall } from './vector/evaluateVectorCall.ts';

/** Evaluates a (prepared) expression over a grid, and accounts for the samples that its value holds. */
export async function evaluateExpression(
  context: EvaluationContext,
  expr: Expr,
  grid: EvaluationGrid
): Promise<EvaluatedValue> {
  const before = context.meter.heldSamples;
  context.meter.require(grid.count);
  const value = await evaluateNode(context, expr, grid);
  context.meter.settle(before, sampleCount(value));
  if (context.meter.spend(1000 + grid.count * 4)) {
    await context.meter.pause();
  }
  return value;
}

async function evaluateNode(context: EvaluationContext, expr: Expr, grid: EvaluationGrid): Promise<EvaluatedValue> {
  switch (expr.kind) {
    case 'number':
      return { type: 'scalar', values: new Float64Array(grid.count).fill(expr.value) };
    case 'string':
      return { type: 'string', value: expr.value };
    case 'paren':
      return await context.evaluate(expr.expr, grid);
    case 'stepInvariant':
      return await evaluateOnce(context, expr.expr, grid);
    case 'vectorSelector': {
      const { lookbackMs, meter } = context;
      return vector(await evaluateInstantSelector(expr, context.selected(expr), grid, lookbackMs, meter));
    }
    case 'unary':
      return expr.operator === '-'
        ? negated(context, await context.evaluate(expr.expr, grid))
        : await context.evaluate(expr.expr, grid);
    case 'aggregation':
      return vector(await evaluateAggregation(context, expr, grid));
    case 'binary':
      return await evaluateBinary(context, expr, grid);
    case 'call': {
      const rangeIndex = rangeArgument(expr);
      return rangeIndex < 0
        ? await evaluateVectorCall(context, expr, grid)
        : vector(await evaluateRangeCall(context, expr, rangeIndex, grid));
    }
    case 'matrixSelector':
    case 'subquery':
      throw new Error('a range vector is evaluated by what it is an argument of');
  }
}

async function evaluateBinary(context: EvaluationContext, expr: Binary, grid: EvaluationGrid): Promise<EvaluatedValue> {
  const { operator, matching, isBool } = expr;
  const left = await context.evaluate(expr.left, grid);
  const right = await context.evaluate(expr.right, grid);
  if (left.type === 'scalar' && right.type === 'scalar') {
    return { type: 'scalar', values: combineScalars(operator, left.values, right.values) };
  }
  if (left.type === 'vector' && right.type === 'scalar') {
    return vector(await combineWithScalar(context, operator, left.series, right.values, false, isBool));
  }
  if (left.type === 'scalar' && right.type === 'vector') {
    return vector(await combineWithScalar(context, operator, right.series, left.values, true, isBool));
  }
  if (left.type !== 'vector' || right.type !== 'vector' || matching === undefined) {
    throw new Error('operands were not checked');
  }
  if (operator === 'and' || operator === 'or' || operator === 'unless') {
    return vector(await combineSets(context, operator, left.series, right.series, matching, grid.count));
  }
  const matched: Binary & { readonly matching: VectorMatching } = { ...expr, matching };
  return vector(await combineVectors(context, matched, left.series, right.series, grid.count));
}

/** What is the same at every step, evaluated at the first one and spread over all. */
async function evaluateOnce(context: EvaluationContext, expr: Expr, grid: EvaluationGrid): Promise<EvaluatedValue> {
  const { kind } = unwrap(expr);
  if (kind === 'number' || kind === 'string' || grid.count === 1) {
    return await context.evaluate(expr, grid);
  }
  const { reads } = context.meter;
  const before = reads.total;
  const value = await context.evaluate(expr, { ...grid, count: 1 });
  reads.spread(before, grid.count);
  const spread = (values: Float64Array): Float64Array => new Float64Array(grid.count).fill(values[0]!);
  if (value.type === 'vector') {
    context.meter.require(value.series.length * grid.count);
    return vector(value.series.map(({ labels, dropsName, values }) => ({ labels, dropsName, values: spread(values) })));
  }
  return value.type === 'scalar' ? { type: 'scalar', values: spread(value.values) } : value;
}

function negated(context: EvaluationContext, value: EvaluatedValue): EvaluatedValue {
  if (value.type === 'scalar') {
    return { type: 'scalar', values: value.values.map((one) => -one) };
  }
  if (value.type !== 'vector') {
    return value;
  }
  const series = value.series.map((one) => ({ ...withoutName(context, one), values: one.values.map((v) => -v) }));
  if (!context.dropsNamesLate) {
    requireDistinct(series);
  }
  return vector(series);
}

function vector(series: readonly VectorSeries[]): EvaluatedValue {
  return { type: 'vector', series };
}

function sampleCount(value: EvaluatedValue): number {
  if (value.type === 'vector') {
    return value.series.reduce((sum, series) => sum + series.values.length, 0);
  }
  return value.type === 'scalar' ? value.values.length : 0;
}

/** Whether a range query can be made of an expression: its value is a vector or a scalar. */
export function isRangeable(expr: Expr): boolean {
  const type = typeOf(expr);
  return type === 'vector' || type === 'scalar';
}

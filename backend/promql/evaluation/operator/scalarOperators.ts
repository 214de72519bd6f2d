import type { BinaryOperator } from '../../ast.ts';
import { withoutName, type EvaluationContext } from '../context.ts';
import { SeriesCollector } from '../seriesCollector.ts';
import { withPresence, type VectorSeries } from '../value.ts';
import { ARITHMETIC, COMPARISON, isArithmetic, isComparison } from './elementOperators.ts';

/** Two scalars, step by step; a comparison gives 1 or 0. */
export function combineScalars(operator: BinaryOperator, left: Float64Array, right: Float64Array): Float64Array {
  if (isArithmetic(operator)) {
    const compute = ARITHMETIC[operator];
    return left.map((value, step) => compute(value, right[step]!));
  }
  if (!isComparison(operator)) {
    throw new Error(`operator ${operator} is not for scalars`);
  }
  const holds = COMPARISON[operator];
  return left.map((value, step) => (holds(value, right[step]!) ? 1 : 0));
}

/**
 * A vector and a scalar. Arithmetic and `bool` comparisons drop the name; a comparison without `bool` keeps the
 * vector's values where it holds. `isScalarLeft` tells on which side of the operator the scalar stands.
 */
export async function combineWithScalar(
  context: EvaluationContext,
  operator: BinaryOperator,
  series: readonly VectorSeries[],
  scalar: Float64Array,
  isScalarLeft: boolean,
  isBool: boolean
): Promise<VectorSeries[]> {
  const collector = new SeriesCollector(scalar.length);
  for (const one of series) {
    const combined = combineSeries(operator, one, scalar, isScalarLeft, isBool);
    if (combined !== undefined) {
      collector.add(isArithmetic(operator) || isBool ? withoutName(context, combined) : combined);
    }
    if (context.meter.spend(scalar.length * 5 + 200)) {
      await context.meter.pause();
    }
  }
  return collector.collect();
}

/** Writes into the series' own values. */
function combineSeries(
  operator: BinaryOperator,
  series: VectorSeries,
  scalar: Float64Array,
  isScalarLeft: boolean,
  isBool: boolean
): VectorSeries | undefined {
  const { values } = series;
  if (isArithmetic(operator)) {
    const compute = ARITHMETIC[operator];
    for (let step = 0; step < values.length; step++) {
      const value = values[step]!;
      values[step] = isScalarLeft ? compute(scalar[step]!, value) : compute(value, scalar[step]!);
    }
    return series;
  }
  if (!isComparison(operator)) {
    throw new Error(`operator ${operator} is not for a vector and a scalar`);
  }
  const holds = COMPARISON[operator];
  const present = series.present?.slice() ?? new Uint8Array(values.length).fill(1);
  for (let step = 0; step < values.length; step++) {
    const value = values[step]!;
    const isHeld = isScalarLeft ? holds(scalar[step]!, value) : holds(value, scalar[step]!);
    if (isBool) {
      values[step] = isHeld ? 1 : 0;
    } else if (!isHeld) {
      present[step] = 0;
    }
  }
  return withPresence(series, present);
}

import { unwrap, type Aggregation } from '../../ast.ts';
import type { EvaluationContext } from '../context.ts';
import type { EvaluationGrid } from '../grid.ts';
import { quantileOf } from '../quantileOf.ts';
import { warnOfQuantiles } from '../range/annotateRangeCall.ts';
import { isPresent, withPresence, type VectorSeries } from '../value.ts';
import { ACCUMULATORS } from './accumulators.ts';
import { countValues } from './countValues.ts';
import { groupSeries, type Group } from './groups.ts';
import { selectMembers } from './selectMembers.ts';

/** An aggregation over a grid. */
export async function evaluateAggregation(
  context: EvaluationContext,
  expr: Aggregation,
  grid: EvaluationGrid
): Promise<VectorSeries[]> {
  const param = expr.param === undefined ? undefined : unwrap(expr.param);
  if (param?.kind === 'string') {
    const series = await context.evaluateVector(expr.expr, grid);
    return await countValues(context, expr, param.value, series, grid.count);
  }
  const level = expr.param === undefined ? undefined : await context.evaluateScalar(expr.param, grid);
  const series = await context.evaluateVector(expr.expr, grid);
  const groups = groupSeries(series, expr);
  if (level === undefined) {
    return await accumulate(context, expr, groups, series, grid);
  }
  if (expr.operator === 'quantile') {
    warnOfQuantiles(context.annotations, level, expr.param?.position ?? expr.position);
    return await quantiles(context, groups, series, level);
  }
  return await selectMembers(context, expr, groups, level, series.length);
}

async function accumulate(
  context: EvaluationContext,
  expr: Aggregation,
  groups: readonly Group[],
  series: readonly VectorSeries[],
  grid: EvaluationGrid
): Promise<VectorSeries[]> {
  const make = ACCUMULATORS.get(expr.operator);
  if (make === undefined) {
    throw new Error(`aggregation ${expr.operator} has no accumulator`);
  }
  const result: VectorSeries[] = [];
  for (const [index, { labels, members }] of groups.entries()) {
    const accumulator = make(grid.count);
    for (const member of members) {
      accumulator.add(member);
      if (context.meter.spend(grid.count * 5 + 100)) {
        await context.meter.pause();
      }
    }
    const present = Uint8Array.from(accumulator.counts, (count) => (count > 0 ? 1 : 0));
    const dropsName = series[index]?.dropsName === true;
    const aggregated = withPresence({ labels, dropsName, values: accumulator.finish() }, present);
    if (aggregated !== undefined) {
      result.push(aggregated);
    }
  }
  return result;
}

async function quantiles(
  context: EvaluationContext,
  groups: readonly Group[],
  series: readonly VectorSeries[],
  level: Float64Array
): Promise<VectorSeries[]> {
  const result: VectorSeries[] = [];
  for (const [index, { labels, members }] of groups.entries()) {
    const values = new Float64Array(level.length);
    const present = new Uint8Array(level.length);
    const gathered = new Float64Array(members.length);
    for (let step = 0; step < level.length; step++) {
      let count = 0;
      for (const member of members) {
        if (isPresent(member, step)) {
          gathered[count++] = member.values[step]!;
        }
      }
      if (count > 0) {
        values[step] = quantileOf(level[step]!, gathered, count);
        present[step] = 1;
      }
      if (context.meter.spend(members.length * 40 + 50)) {
        await context.meter.pause();
      }
    }
    const dropsName = series[index]?.dropsName === true;
    const aggregated = withPresence({ labels, dropsName, values }, present);
    if (aggregated !== undefined) {
      result.push(aggregated);
    }
  }
  return result;
}

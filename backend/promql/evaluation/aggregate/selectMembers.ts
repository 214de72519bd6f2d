import type { Aggregation } from '../../ast.ts';
import { formatGeneral } from '../../formatValue.ts';
import type { EvaluationContext } from '../context.ts';
import { executionError } from '../executionError.ts';
import { isPresent, withPresence, type VectorSeries } from '../value.ts';
import type { Group } from './groups.ts';
import { labelHashShare } from './labelHash.ts';
import { topMembers } from './topSeries.ts';

/** Chooses members of a group at a step, by index; for an instant query in the order of the result. */
type Choose = (group: Group, step: number) => readonly number[];

/** `topk`, `bottomk`, `limitk`, `limit_ratio`: the same series as came in, where they were chosen. */
export async function selectMembers(
  context: EvaluationContext,
  expr: Aggregation,
  groups: readonly Group[],
  param: Float64Array,
  seriesCount: number
): Promise<VectorSeries[]> {
  const choose =
    expr.operator === 'limit_ratio' ? ratioChooser(context, expr, param) : countChooser(expr, param, seriesCount);
  const result: VectorSeries[] = [];
  for (const group of choose === undefined ? [] : groups) {
    const masks = group.members.map(() => new Uint8Array(param.length));
    let order: readonly number[] = group.members.keys().toArray();
    for (let step = 0; step < param.length; step++) {
      const chosen = choose?.(group, step) ?? [];
      for (const index of chosen) {
        masks[index]![step] = 1;
      }
      order = param.length === 1 ? chosen : order;
      if (context.meter.spend(group.members.length * 12 + 50)) {
        await context.meter.pause();
      }
    }
    for (const index of order) {
      const selected = withPresence(group.members[index]!, masks[index]!);
      if (selected !== undefined) {
        result.push(selected);
      }
    }
  }
  return result;
}

function countChooser(expr: Aggregation, param: Float64Array, seriesCount: number): Choose | undefined {
  const greatest = param.reduce((a, b) => Math.max(a, b), -Number.MAX_VALUE);
  if (greatest < 1) {
    return undefined;
  }
  return (group, step) => {
    const value = param[step]!;
    if (!(Math.abs(value) < 2 ** 63) && presentMembers(group, step).length > 0) {
      throw executionError(`Scalar value ${formatGeneral(value)} overflows int64`);
    }
    const k = Math.min(Math.trunc(value), seriesCount);
    if (!(k >= 1)) {
      return [];
    }
    if (expr.operator === 'limitk') {
      return presentMembers(group, step).slice(0, k);
    }
    return topMembers(group, step, k, expr.operator === 'topk' ? 1 : -1);
  };
}

function ratioChooser(context: EvaluationContext, expr: Aggregation, param: Float64Array): Choose | undefined {
  const greatest = param.reduce((a, b) => Math.max(a, b), -Number.MAX_VALUE);
  const least = param.reduce((a, b) => Math.min(a, b), Number.MAX_VALUE);
  const position = expr.param?.position ?? expr.position;
  if (greatest === 0 && least === 0) {
    return undefined;
  }
  for (const [ratio, bound] of [
    [greatest, 1],
    [least, -1],
  ] as const) {
    if (Math.abs(ratio) > 1 && Math.sign(ratio) === bound) {
      const problem = `ratio value should be between -1 and 1, got ${formatGeneral(ratio)}, capping to ${String(bound)}`;
      context.annotations.warn(problem, position);
    }
  }
  return (group, step) => {
    const ratio = param[step]!;
    const present = presentMembers(group, step);
    if (Number.isNaN(ratio) && present.length > 0) {
      throw executionError('Ratio value NaN is NaN');
    }
    const capped = Math.max(-1, Math.min(1, ratio));
    return present.filter((index) => {
      const share = labelHashShare(group.members[index]!.labels);
      return capped >= 0 ? share < capped : share >= 1 + capped;
    });
  };
}

function presentMembers(group: Group, step: number): number[] {
  return group.members
    .keys()
    .filter((index) => isPresent(group.members[index]!, step))
    .toArray();
}

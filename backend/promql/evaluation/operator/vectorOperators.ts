import type { Binary, VectorMatching } from '../../ast.ts';
import type { LabelSet } from '../../labelSet.ts';
import type { EvaluationContext } from '../context.ts';
import { executionError } from '../executionError.ts';
import { SeriesCollector } from '../seriesCollector.ts';
import { isPresent, withPresence, type VectorSeries } from '../value.ts';
import { ARITHMETIC, COMPARISON, isArithmetic, isComparison } from './elementOperators.ts';
import { requireUniqueOneSide, uniqueAt } from './oneSide.ts';
import { signatureOf } from './signature.ts';

const MANY_TO_ONE_IMPLICIT =
  'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)';
const GROUPING_AMBIGUOUS = 'multiple matches for labels: grouping labels must ensure unique matches';

/** Arithmetic and comparisons between two vectors, their series paired by signature. Source: Prometheus' VectorBinop. */
export async function combineVectors(
  context: EvaluationContext,
  expr: Binary & { readonly matching: VectorMatching },
  left: readonly VectorSeries[],
  right: readonly VectorSeries[],
  stepCount: number
): Promise<VectorSeries[]> {
  const { matching } = expr;
  const isSwapped = matching.cardinality === 'one-to-many';
  const [many, one] = isSwapped ? [right, left] : [left, right];
  const signature = signatureOf(matching);
  const ones = Map.groupBy(one, ({ labels }) => signature(labels));
  requireUniqueOneSide(matching, many, ones, stepCount);
  const collector = new SeriesCollector(stepCount);
  for (const [key, group] of Map.groupBy(many, ({ labels }) => signature(labels))) {
    const partners = ones.get(key);
    if (partners === undefined) {
      continue;
    }
    const seen = matching.cardinality === 'one-to-one' ? new Uint8Array(stepCount) : undefined;
    const inGroup = new Map<string, Uint8Array>();
    for (const series of group) {
      for (const partner of partners) {
        const result = combinePair(context, expr, series, partner, isSwapped);
        if (result !== undefined) {
          requireUniqueResult(result, seen, inGroup);
          collector.add(result);
        }
        if (context.meter.spend(stepCount * 10 + 500)) {
          await context.meter.pause();
        }
      }
    }
  }
  return collector.collect();
}

/** One series of the many side with one of the one side; a new series where both are present and the comparison holds. */
function combinePair(
  context: EvaluationContext,
  expr: Binary & { readonly matching: VectorMatching },
  series: VectorSeries,
  partner: VectorSeries,
  isSwapped: boolean
): VectorSeries | undefined {
  const { operator, isBool } = expr;
  const [left, right] = isSwapped ? [partner, series] : [series, partner];
  const stepCount = series.values.length;
  const values = new Float64Array(stepCount);
  const present = new Uint8Array(stepCount);
  const compute = isArithmetic(operator) ? ARITHMETIC[operator] : undefined;
  const holds = isComparison(operator) ? COMPARISON[operator] : undefined;
  for (let step = 0; step < stepCount; step++) {
    if (!isPresent(series, step) || !isPresent(partner, step)) {
      continue;
    }
    const a = left.values[step]!;
    const b = right.values[step]!;
    if (compute !== undefined) {
      values[step] = compute(a, b);
      present[step] = 1;
    } else {
      const isHeld = holds?.(a, b) === true;
      values[step] = isBool ? Number(isHeld) : a;
      present[step] = isBool || isHeld ? 1 : 0;
    }
  }
  const labels = resultLabels(context, expr, series.labels, partner.labels);
  return withPresence({ labels, dropsName: isBool, values }, present);
}

function resultLabels(
  context: EvaluationContext,
  { operator, isBool, matching }: Binary & { readonly matching: VectorMatching },
  many: LabelSet,
  one: LabelSet
): LabelSet {
  let labels = isArithmetic(operator) || (isBool && !context.dropsNamesLate) ? many.withoutMetadata() : many;
  if (matching.cardinality === 'one-to-one') {
    const names = new Set(matching.labels);
    labels = matching.isOn ? labels.keep(names) : labels.without(names);
  }
  for (const name of matching.include) {
    labels = labels.with(name, one.get(name));
  }
  return labels;
}

/** Within one signature a step may have one result (one-to-one), or one for each label set (with grouping). */
function requireUniqueResult(
  result: VectorSeries,
  seen: Uint8Array | undefined,
  inGroup: Map<string, Uint8Array>
): void {
  const mask = seen ?? inGroup.get(result.labels.key) ?? new Uint8Array(result.values.length);
  if (!uniqueAt(result, mask)) {
    throw executionError(seen === undefined ? GROUPING_AMBIGUOUS : MANY_TO_ONE_IMPLICIT);
  }
  inGroup.set(result.labels.key, mask);
}

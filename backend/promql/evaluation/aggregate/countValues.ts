import type { Aggregation } from '../../ast.ts';
import { formatPlain } from '../../formatValue.ts';
import { isLabelName } from '../../labelName.ts';
import { LabelSet } from '../../labelSet.ts';
import type { EvaluationContext } from '../context.ts';
import { executionError } from '../executionError.ts';
import { goQuote } from '../../syntax/goQuote.ts';
import { isPresent, type VectorSeries } from '../value.ts';
import { groupSeries } from './groups.ts';

/** About the nanoseconds that a new label set takes; beside it a count for every step. */
const LABEL_WORK = 10_000;

/** `count_values("label", v)`: for each value how many series of a group have it, the value as a label. */
export async function countValues(
  context: EvaluationContext,
  expr: Aggregation,
  label: string,
  series: readonly VectorSeries[],
  stepCount: number
): Promise<VectorSeries[]> {
  if (!isLabelName(label)) {
    throw executionError(`invalid label name ${goQuote(label)}`);
  }
  const grouping = expr.isWithout ? expr.grouping : [...expr.grouping, label];
  const result = new Map<string, VectorSeries>();
  for (const one of series) {
    const labelsOf = new Map<number | '-0', LabelSet>();
    for (let step = 0; step < stepCount; step++) {
      if (!isPresent(one, step)) {
        continue;
      }
      const value = one.values[step]!;
      const printed = Object.is(value, -0) ? '-0' : value;
      let labels = labelsOf.get(printed);
      if (labels === undefined) {
        labels = groupLabels(one, label, value, grouping, expr.isWithout);
        labelsOf.set(printed, labels);
        if (context.meter.spend(stepCount * 2 + LABEL_WORK)) {
          await context.meter.pause();
        }
      }
      let counts = result.get(labels.key);
      if (counts === undefined) {
        context.meter.hold(stepCount);
        counts = {
          labels,
          dropsName: false,
          values: new Float64Array(stepCount),
          present: new Uint8Array(stepCount),
        };
        result.set(labels.key, counts);
      }
      counts.values[step]! += 1;
      counts.present![step] = 1;
    }
    if (context.meter.spend(stepCount * 50)) {
      await context.meter.pause();
    }
  }
  return [...result.values()];
}

function groupLabels(
  series: VectorSeries,
  label: string,
  value: number,
  grouping: readonly string[],
  isWithout: boolean
): LabelSet {
  const labelled = { ...series, labels: series.labels.with(label, formatPlain(value)) };
  return groupSeries([labelled], { grouping, isWithout })[0]?.labels ?? LabelSet.EMPTY;
}

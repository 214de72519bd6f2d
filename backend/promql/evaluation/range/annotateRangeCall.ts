import type { Call } from '../../ast.ts';
import { formatGeneral } from '../../formatValue.ts';
import type { LabelSet } from '../../labelSet.ts';
import type { Annotations } from '../annotations.ts';

const COUNTER_SUFFIX = /(?:_total|_sum|_count|_bucket)$/;

/** Notes what a reader should know of a range function's result for one series. */
export function annotateRangeCall(
  annotations: Annotations,
  call: Call,
  labels: LabelSet,
  scalars: readonly Float64Array[]
): void {
  const position = call.args[0]?.position ?? call.position;
  if (call.fn.name === 'rate' || call.fn.name === 'increase') {
    if (labels.name !== '' && !COUNTER_SUFFIX.test(labels.name)) {
      const problem = 'metric might not be a counter, name does not end in _total/_sum/_count/_bucket:';
      annotations.inform(`${problem} "${labels.name}"`, position);
    }
  } else if (call.fn.name === 'quantile_over_time') {
    warnOfQuantiles(annotations, scalars[0] ?? new Float64Array(), position);
  }
}

/** Warns of every quantile outside of [0, 1]. */
export function warnOfQuantiles(
  annotations: Annotations,
  levels: Iterable<number>,
  position: { readonly start: number; readonly end: number }
): void {
  for (const level of new Set(levels)) {
    if (!(level >= 0 && level <= 1)) {
      annotations.warn(`quantile value should be between 0 and 1, got ${formatGeneral(level)}`, position);
    }
  }
}

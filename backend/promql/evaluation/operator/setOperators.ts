import type { SetOperator, VectorMatching } from '../../ast.ts';
import type { EvaluationContext } from '../context.ts';
import { SeriesCollector } from '../seriesCollector.ts';
import { withPresence, type VectorSeries } from '../value.ts';
import { signatureOf } from './signature.ts';

/** `and`, `or`, `unless`: which series are present where, by their signatures. */
export async function combineSets(
  { meter }: EvaluationContext,
  operator: SetOperator,
  left: readonly VectorSeries[],
  right: readonly VectorSeries[],
  matching: VectorMatching,
  stepCount: number
): Promise<VectorSeries[]> {
  const signature = signatureOf(matching);
  const [masked, kept, isIntersection] =
    operator === 'or' ? ([right, left, false] as const) : ([left, right, operator === 'and'] as const);
  const presence = presenceBySignature(kept, signature, stepCount);
  const collector = new SeriesCollector(stepCount);
  if (operator === 'or') {
    for (const series of left) {
      collector.add(owned(series));
    }
  }
  for (const series of masked) {
    const other = presence.get(signature(series.labels));
    const present = new Uint8Array(stepCount);
    for (let step = 0; step < stepCount; step++) {
      const isOther = other?.[step] ?? 0;
      present[step] = (series.present?.[step] ?? 1) & (isIntersection ? isOther : 1 - isOther);
    }
    const result = withPresence(series, present);
    if (result !== undefined) {
      collector.add(result);
    }
    if (meter.spend(stepCount * 2 + 1000)) {
      await meter.pause();
    }
  }
  return collector.collect();
}

/** The collector may write into a mask, which must then not be another series' too. */
function owned(series: VectorSeries): VectorSeries {
  return series.present === undefined ? series : { ...series, present: series.present.slice() };
}

function presenceBySignature(
  series: readonly VectorSeries[],
  signature: (labels: VectorSeries['labels']) => string,
  stepCount: number
): ReadonlyMap<string, Uint8Array> {
  const presence = new Map<string, Uint8Array>();
  for (const { labels, present } of series) {
    const key = signature(labels);
    const mask = presence.get(key) ?? new Uint8Array(stepCount);
    for (let step = 0; step < stepCount; step++) {
      mask[step]! |= present?.[step] ?? 1;
    }
    presence.set(key, mask);
  }
  return presence;
}

import { numberValue } from '../../syntax/scanNumber.ts';
import type { Position } from '../../ast.ts';
import type { LabelSet } from '../../labelSet.ts';
import type { EvaluationContext } from '../context.ts';
import { SeriesCollector } from '../seriesCollector.ts';
import { isPresent, withPresence, type VectorSeries } from '../value.ts';
import type { Buckets } from './buckets.ts';

const BUCKET_LABEL = new Set(['le']);

/** The buckets of one classic histogram: their series, ascending by upper bound. */
interface ClassicHistogram {
  readonly labels: LabelSet;
  readonly series: Array<{ readonly bound: number; readonly counts: VectorSeries }>;
}

/**
 * Applies `reduce` to each classic histogram of a vector at each step; series whose `le` is no number are left out
 * with a warning.
 */
export async function reduceHistograms(
  context: EvaluationContext,
  series: readonly VectorSeries[],
  stepCount: number,
  position: Position,
  reduce: (buckets: Buckets, step: number, labels: LabelSet) => number
): Promise<VectorSeries[]> {
  const collector = new SeriesCollector(stepCount);
  for (const histogram of groupBuckets(context, series, position)) {
    const values = new Float64Array(stepCount);
    const present = new Uint8Array(stepCount);
    const size = histogram.series.length;
    const buckets: Buckets = { bounds: new Float64Array(size), counts: new Float64Array(size), count: 0 };
    for (let step = 0; step < stepCount; step++) {
      fillBuckets(buckets, histogram, step);
      if (buckets.count > 0) {
        values[step] = reduce(buckets, step, histogram.labels);
        present[step] = 1;
      }
      if (context.meter.spend(size * 8 + 30)) {
        await context.meter.pause();
      }
    }
    const labels = context.dropsNamesLate ? histogram.labels : histogram.labels.withoutMetadata();
    const reduced = withPresence({ labels, dropsName: true, values }, present);
    if (reduced !== undefined) {
      collector.add(reduced);
    }
  }
  return collector.collect();
}

function groupBuckets(
  context: EvaluationContext,
  series: readonly VectorSeries[],
  position: Position
): Iterable<ClassicHistogram> {
  const histograms = new Map<string, ClassicHistogram>();
  for (const counts of series) {
    const text = counts.labels.get('le');
    const bound = numberValue(text);
    if (bound === undefined || /_/.test(text)) {
      const problem = 'bucket label "le" is missing or has a malformed value';
      context.annotations.warn(`${problem} of "${text}" for metric name "${counts.labels.name}"`, position);
      continue;
    }
    const labels = counts.labels.without(BUCKET_LABEL);
    const histogram = histograms.get(labels.key) ?? { labels, series: [] };
    histograms.set(labels.key, histogram);
    histogram.series.push({ bound, counts });
  }
  for (const histogram of histograms.values()) {
    histogram.series.sort((a, b) => (a.bound === b.bound ? 0 : a.bound < b.bound ? -1 : 1));
  }
  return histograms.values();
}

function fillBuckets(buckets: Buckets, histogram: ClassicHistogram, step: number): void {
  let count = 0;
  for (const { bound, counts } of histogram.series) {
    if (isPresent(counts, step)) {
      buckets.bounds[count] = bound;
      buckets.counts[count++] = counts.values[step]!;
    }
  }
  buckets.count = count;
}

import type { VectorSelector } from '../ast.ts';
import { LabelSet } from '../labelSet.ts';
import type { PromSeries, Samples } from '../sampleSource.ts';
import { offsetMs } from './durationValue.ts';
import { gridTimeAt, type EvaluationGrid } from './grid.ts';
import type { Meter } from './meter.ts';
import { firstAfter } from './searchSamples.ts';
import type { VectorSeries } from './value.ts';

/** What a sample contributes: its value, or its own time in seconds or milliseconds. */
export type SampleAspect = 'value' | 'timeSeconds' | 'timeMs';

/**
 * An instant selector over a grid: at each instant the last sample within the lookback, `(t - lookback, t]`, unless
 * it is a staleness marker. Series without any value are left out.
 */
export async function evaluateInstantSelector(
  selector: VectorSelector,
  selected: readonly PromSeries[],
  grid: EvaluationGrid,
  lookbackMs: number,
  meter: Meter,
  aspect: SampleAspect = 'value'
): Promise<VectorSeries[]> {
  const offset = offsetMs(selector.offset);
  const result: VectorSeries[] = [];
  for (const series of selected) {
    const lookback = Math.max(lookbackMs, series.lookbackMs ?? 0);
    meter.require(grid.count);
    const labels = LabelSet.from(series.labels);
    const evaluated = fill(labels, series.samples(), selector.at, offset, grid, lookback, aspect);
    if (evaluated !== undefined) {
      meter.hold(grid.count);
      meter.reads.addInstants(evaluated);
      result.push(evaluated);
    }
    if (meter.spend(grid.count * 4 + 500)) {
      await meter.pause();
    }
  }
  return result;
}

function fill(
  labels: LabelSet,
  samples: Samples,
  at: VectorSelector['at'],
  offset: number,
  grid: EvaluationGrid,
  lookbackMs: number,
  aspect: SampleAspect
): VectorSeries | undefined {
  const { timestamps, stale } = samples;
  const source = aspect === 'value' ? samples.values : timestamps;
  const scale = aspect === 'timeSeconds' ? 1000 : 1;
  const values = new Float64Array(grid.count);
  const isPinned = typeof at === 'number';
  let present: Uint8Array | undefined;
  let count = 0;
  let next = firstAfter(timestamps, (isPinned ? at : grid.startMs) - offset);
  for (let step = 0; step < grid.count; step++) {
    const reference = (isPinned ? at : gridTimeAt(grid, step)) - offset;
    while (next < timestamps.length && timestamps[next]! <= reference) {
      next++;
    }
    const last = next - 1;
    if (last >= 0 && timestamps[last]! > reference - lookbackMs && stale?.[last] !== 1) {
      values[step] = source[last]! / scale;
      count++;
      if (present !== undefined) {
        present[step] = 1;
      }
    } else if (present === undefined) {
      present = new Uint8Array(grid.count).fill(1, 0, step);
    }
  }
  if (count === 0) {
    return undefined;
  }
  return present === undefined ? { labels, dropsName: false, values } : { labels, dropsName: false, values, present };
}

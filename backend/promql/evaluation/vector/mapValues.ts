import { withoutName, type EvaluationContext } from '../context.ts';
import type { EvaluationGrid } from '../grid.ts';
import { SeriesCollector } from '../seriesCollector.ts';
import { withPresence, type VectorSeries } from '../value.ts';

/** Every value through a function, names dropped; series that become equal are joined. */
export async function mapValues(
  context: EvaluationContext,
  series: readonly VectorSeries[],
  grid: EvaluationGrid,
  compute: (value: number, step: number) => number
): Promise<VectorSeries[]> {
  const collector = new SeriesCollector(grid.count);
  for (const one of series) {
    const { values } = one;
    for (let step = 0; step < values.length; step++) {
      values[step] = compute(values[step]!, step);
    }
    collector.add(withoutName(context, one));
    if (context.meter.spend(values.length * 10 + 200)) {
      await context.meter.pause();
    }
  }
  return collector.collect();
}

/** Values kept between two scalars; nothing where the lower is above the upper. */
export async function clamp(
  context: EvaluationContext,
  series: readonly VectorSeries[],
  grid: EvaluationGrid,
  least: Float64Array,
  greatest: Float64Array
): Promise<VectorSeries[]> {
  const possible = Uint8Array.from(least, (minimum, step) => (greatest[step]! < minimum ? 0 : 1));
  const clampable = possible.includes(0) ? series.map((one) => masked(one, possible)) : series;
  return await mapValues(
    context,
    clampable.filter((one) => one !== undefined),
    grid,
    (value, step) => Math.max(least[step]!, Math.min(greatest[step]!, value))
  );
}

function masked(series: VectorSeries, mask: Uint8Array): VectorSeries | undefined {
  return withPresence(
    series,
    series.present === undefined ? mask.slice() : mask.map((flag, step) => flag & series.present![step]!)
  );
}

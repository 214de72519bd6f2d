import { kernel } from './kernel/kernel.ts';
import type { KernelRow, KernelRows } from './kernel/kernelRows.ts';
import { levelReaders, type Margin } from './margin.ts';

/** Makes what reads the values of margins at the same `probabilities`, which ascend: marginReader, with the same bits. */
export function drawReaders(
  margins: readonly Margin[],
  probabilities: Float64Array,
  rows: KernelRows
): ReadonlyArray<(step: number, target: KernelRow<Float64Array>) => void> {
  const shares = new Map<Float64Array, KernelRow<Float64Array>>();
  return levelReaders(margins, probabilities).map((reader, series) => {
    const { levels, values } = margins[series]!;
    const stepCount = values.length / levels.length;
    if (reader === undefined) {
      return (step, target) => target.values.fill(values[step]!);
    }
    const { share, ends } = reader;
    const row = shares.get(share) ?? rows.doubles(share.length + 1);
    if (!shares.has(share)) {
      row.values.set(share);
      shares.set(share, row);
    }
    return (step, target) => {
      let first = 0;
      for (let level = 0; level + 1 < levels.length; level++) {
        const value = values[level * stepCount + step]!;
        const rise = values[(level + 1) * stepCount + step]! - value;
        const end = ends[level]!;
        if (end > first) {
          kernel.readDraws(target.at + 8 * first, target.at + 8 * end, row.at + 8 * first, value, rise);
          first = end;
        }
      }
      for (let place = 0; values[step]! >= 0 && target.values[place]! < 0; place++) {
        target.values[place] = 0;
      }
    };
  });
}

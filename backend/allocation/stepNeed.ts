import type { NeedPaths } from './needPaths.ts';
import { cellReplicas, needCell, type NeedScale } from './needScale.ts';

/** The distribution of the replicas needed at one step. */
export interface StepNeed {
  /** The least count that suffices with probability `level`; never below the scale's least nor above `max`. */
  quantile(level: number): number;
  /** Expected replicas in use between `low` and `high`: what of the need lies above `low`, up to `high`. */
  expectedBetween(low: number, high: number): number;
}

/** The distribution of needs at `step` over all futures; what is above `max` counts as `max`. */
export function stepNeed(futures: readonly NeedPaths[], step: number, scale: NeedScale, max: number): StepNeed {
  const histogram = new Float64Array(scale.cellCount);
  for (const { pathCount, needs, weight } of futures) {
    const share = weight / pathCount;
    const [first, end] = [step * pathCount, (step + 1) * pathCount];
    if (scale.unit === 1) {
      addCounts(histogram, needs, { first, end, least: scale.least, share });
      continue;
    }
    for (let i = first; i < end; i++) {
      histogram[needCell(scale, needs[i]!)]! += share;
    }
  }
  return {
    quantile(level) {
      let below = 0;
      const cell = histogram.findIndex((share) => (below += share) >= level - 1e-9);
      return cellReplicas(scale, cell < 0 ? histogram.length - 1 : cell, max);
    },
    expectedBetween(low, high) {
      return histogram.reduce((sum, share, cell) => {
        const count = cellReplicas(scale, cell, max);
        return sum + share * Math.max(0, Math.min(count, high) - low);
      }, 0);
    },
  };
}

/** As needCell says where each count is a cell: without its division, which is what takes long. */
function addCounts(
  histogram: Float64Array,
  needs: Int32Array,
  { first, end, least, share }: { first: number; end: number; least: number; share: number }
): void {
  const last = histogram.length - 1;
  for (let i = first; i < end; i++) {
    const cell = needs[i]! - least;
    histogram[cell < 0 ? 0 : cell < last ? cell : last]! += share;
  }
}

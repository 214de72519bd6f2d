import { cellReplicas, needCell, type NeedScale } from './needScale.ts';
import type { PlanProblem } from './planProblem.ts';
import { windowPeaks } from './windowPeaks.ts';

/**
 * How many replicas a block is worth at each price of a shortfall: from `prices[k]` on, `counts[k]`; both ascend.
 *
 * It minimises replica-steps + price * weight * expected short windows: the lower convex hull of the two.
 */
export interface PriceLadder {
  readonly prices: readonly number[];
  readonly counts: readonly number[];
}

/**
 * The ladders of all blocks; a block answers for the windows that are short because of its own steps.
 *
 * A block's shortfalls weigh with the square root of its median need, so that risk is not all spent at dear peaks.
 */
export function priceLadders(problem: PlanProblem, scale: NeedScale): readonly PriceLadder[] {
  const ladders: PriceLadder[] = [];
  const stepCount = problem.blocks.length;
  for (let start = 0; start < stepCount;) {
    let end = start + 1;
    while (end < stepCount && problem.blocks[end] === problem.blocks[start]) {
      end++;
    }
    ladders.push(ladderOf(blockHistogram(problem, scale, start, end), end - start, scale, problem.max));
    start = end;
  }
  return ladders;
}

/** The price of a block's replicas where a shortfall costs `price`: the largest count worth it. */
export function replicasAtPrice({ prices, counts }: PriceLadder, price: number): number {
  let step = counts.length - 1;
  while (step > 0 && prices[step]! > price) {
    step--;
  }
  return counts[step]!;
}

/** Expected windows, by cell of their peak within the block. */
function blockHistogram(
  { futures, windowSteps }: PlanProblem,
  scale: NeedScale,
  start: number,
  end: number
): Float64Array {
  const histogram = new Float64Array(scale.cellCount);
  for (const future of futures) {
    const peaks = windowPeaks(future, start, end, windowSteps);
    const share = future.weight / future.pathCount;
    for (let i = 0; i < peaks.length; i++) {
      histogram[needCell(scale, peaks[i]!)]! += share;
    }
  }
  return histogram;
}

function ladderOf(histogram: Float64Array, steps: number, scale: NeedScale, max: number): PriceLadder {
  const shorts = shortsAbove(histogram);
  const weight = Math.sqrt(Math.max(1, cellReplicas(scale, medianCell(histogram), max)));
  const hull: number[] = [];
  const slope = (a: number, b: number) =>
    (shorts[a]! - shorts[b]!) / (cellReplicas(scale, b, max) - cellReplicas(scale, a, max));
  for (let cell = 0; cell < histogram.length; cell++) {
    if (hull.length > 0 && shorts[cell]! >= shorts[hull.at(-1)!]!) {
      continue;
    }
    while (hull.length > 1 && slope(hull.at(-1)!, cell) >= slope(hull.at(-2)!, hull.at(-1)!)) {
      hull.pop();
    }
    hull.push(cell);
  }
  return {
    counts: hull.map((cell) => cellReplicas(scale, cell, max)),
    prices: hull.map((cell, k) => (k === 0 ? 0 : steps / (weight * slope(hull[k - 1]!, cell)))),
  };
}

/** Expected short windows with the replicas of each cell; exactly 0 where no path is above. */
function shortsAbove(histogram: Float64Array): Float64Array {
  const shorts = new Float64Array(histogram.length);
  for (let cell = histogram.length - 2; cell >= 0; cell--) {
    shorts[cell] = shorts[cell + 1]! + histogram[cell + 1]!;
  }
  return shorts;
}

function medianCell(histogram: Float64Array): number {
  const half = histogram.reduce((sum, share) => sum + share, 0) / 2;
  let below = 0;
  return Math.max(
    0,
    histogram.findIndex((share) => (below += share) >= half - 1e-9)
  );
}

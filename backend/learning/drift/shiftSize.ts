import { selectMedian } from '../../statistics/index.ts';
import type { DriftBlock } from './driftBlock.ts';
import type { ShiftSize } from './driftVerdict.ts';

const HOUR_SECONDS = 3600;
/** Forecasts that are so old know nothing of a shift that began later. */
const UNAWARE_SECONDS = 6 * HOUR_SECONDS;
/** Load is shared out, and work made dearer, by factors, and a few hours tell them badly from addends: one has to miss by so much less. */
const FACTOR_FIRST = 1.5;

/** From the blocks since then whose six-hours-old forecasts could know nothing of it: a factor, unless an addend fits far better. */
export function shiftSize(blocks: readonly DriftBlock[], sinceSeconds: number): ShiftSize | null {
  const pairs = blocks.flatMap(({ startSeconds, mean, farMean }) =>
    startSeconds < sinceSeconds || startSeconds >= sinceSeconds + UNAWARE_SECONDS || mean === null || farMean === null
      ? []
      : [[mean, farMean] as const]
  );
  if (pairs.length === 0) {
    return null;
  }
  const offset = selectMedian(Float64Array.from(pairs, ([mean, foreseen]) => mean - foreseen));
  if (pairs.some(([mean, foreseen]) => mean <= 0 || foreseen <= 0)) {
    return { offset, ratio: null };
  }
  const ratio = selectMedian(Float64Array.from(pairs, ([mean, foreseen]) => mean / foreseen));
  const missed = (foretell: (foreseen: number) => number): number =>
    pairs.reduce((sum, [mean, foreseen]) => sum + Math.abs(mean - foretell(foreseen)), 0);
  const isFactor =
    missed((foreseen) => ratio * foreseen) <= missed((foreseen) => foreseen + offset) * (FACTOR_FIRST + 1e-9);
  return { offset, ratio: isFactor ? ratio : null };
}

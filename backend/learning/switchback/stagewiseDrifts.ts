import { normalCdf } from '../../statistics/index.ts';
import type { SpentBound } from './spentBounds.ts';

const REACH = 12;

/**
 * The drifts of the standardised estimate, low and high, that what a test came to at its last look does not contradict:
 * results are ordered by the look they came at, then by how large they were, so that the interval errs with probability
 * `errorRate` though the test may have ended early, and leaves zero out just where it did.
 *
 * `standardised`: the estimate over its deviation at the last of `bounds`. Source: Jennison and Turnbull, Group Sequential
 * Methods (2000), 8.4 and 8.5.
 */
export function stagewiseDrifts(
  bounds: readonly SpentBound[],
  standardised: number,
  errorRate: number
): readonly [low: number, high: number] {
  const looks = bounds.filter(({ count }, index) => count > (bounds[index - 1]?.count ?? 0));
  const last = looks.at(-1)!;
  const above = (drift: number): number =>
    looks.reduce(
      (sum, look) => sum + crossing(look, look === last ? standardised : look.bound, drift / Math.sqrt(last.count)),
      0
    );
  return [solve(above, errorRate / 2, standardised), solve(above, 1 - errorRate / 2, standardised)];
}

/** The probability that no bound was crossed before a look and `bound` is from above, each difference having mean `mean`. */
function crossing({ count, before }: SpentBound, bound: number, mean: number): number {
  const edge = bound * Math.sqrt(count);
  if (before === undefined) {
    return 1 - normalCdf((edge - mean * count) / Math.sqrt(count));
  }
  const added = count - before.count;
  // The density with a mean is the one without it times the likelihood ratio.
  return before.points.reduce(
    (sum, at, i) =>
      sum +
      before.weights[i]! *
        Math.exp(mean * at - (mean * mean * before.count) / 2) *
        normalCdf((at + mean * added - edge) / Math.sqrt(added)),
    0
  );
}

function solve(above: (drift: number) => number, probability: number, around: number): number {
  let [low, high] = [around - REACH, around + REACH];
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    [low, high] = above(middle) < probability ? [middle, high] : [low, middle];
  }
  return (low + high) / 2;
}

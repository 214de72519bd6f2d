import type { SpentBound } from './spentBounds.ts';
import { stagewiseDrifts } from './stagewiseDrifts.ts';

/** The mean difference of pairs with its interval; the interval is infinite where pairs are too few for its bound. */
export interface PairInterval {
  readonly pairs: number;
  readonly effect: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The effects that the coins of the pairs do not contradict: those whose residuals, were their signs drawn anew, sum up
 * so far from zero no more often than the bound of the last look says. How outcomes follow each other in time is not assumed.
 *
 * Differences that are NaN are left out. Closed form of |sum(d - t)| <= bound * sqrt(sum (d - t)^2); the design-based
 * view is that of Bojinov, Simchi-Levi and Zhao, Design and Analysis of Switchback Experiments (2023).
 */
export function pairInterval(differences: Float64Array, bound: number): PairInterval | undefined {
  const moments = momentsOf(differences);
  if (moments === undefined) {
    return undefined;
  }
  const { pairs, effect } = moments;
  const half = reach(moments, bound);
  return { pairs, effect, low: effect - half, high: effect + half };
}

/**
 * The same at the end of a test, which may have come early: errs with probability `errorRate`, neither more nor less, and
 * leaves zero out just where a bound was crossed.
 */
export function finalInterval(
  differences: Float64Array,
  bounds: readonly SpentBound[],
  errorRate: number
): PairInterval | undefined {
  const moments = momentsOf(differences);
  if (moments === undefined) {
    return undefined;
  }
  const { pairs, effect, squares } = moments;
  const all = squares + pairs * effect * effect;
  const standardised = all === 0 ? 0 : (pairs * effect) / Math.sqrt(all);
  const [low, high] = stagewiseDrifts(bounds, standardised, errorRate);
  return {
    pairs,
    effect,
    low: effect - reach(moments, standardised - low),
    high: effect + reach(moments, high - standardised),
  };
}

interface Moments {
  readonly pairs: number;
  readonly effect: number;
  readonly squares: number;
}

function momentsOf(differences: Float64Array): Moments | undefined {
  const known = differences.filter((value) => !Number.isNaN(value));
  const pairs = known.length;
  if (pairs === 0) {
    return undefined;
  }
  const effect = known.reduce((sum, value) => sum + value, 0) / pairs;
  return { pairs, effect, squares: known.reduce((sum, value) => sum + (value - effect) ** 2, 0) };
}

/** How far from the mean an effect lies whose standardised distance is `bound`. */
function reach({ pairs, squares }: Moments, bound: number): number {
  const room = pairs - bound * bound;
  return room > 0 ? bound * Math.sqrt(squares / (pairs * room)) : Math.sign(bound) * Number.POSITIVE_INFINITY;
}

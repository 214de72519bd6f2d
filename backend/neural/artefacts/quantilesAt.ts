import { normalQuantile } from '../../statistics/index.ts';

const LARGEST_TAIL = 12;

/**
 * A quantile between or beyond known ones: between, linear on the normal scale; beyond the last, an exponential tail
 * fitted through the last two (a Pareto tail of shape 0, Pickands 1975).
 */
export function quantileAt(levels: readonly number[], values: ArrayLike<number>, level: number): number {
  const last = levels.length - 1;
  const exact = levels.indexOf(level);
  if (exact >= 0) {
    return values[exact]!;
  }
  if (level > levels[last]!) {
    const slope = (values[last]! - values[last - 1]!) / Math.log((1 - levels[last - 1]!) / (1 - levels[last]!));
    return values[last]! + slope * Math.min(LARGEST_TAIL, Math.log((1 - levels[last]!) / (1 - level)));
  }
  if (level < levels[0]!) {
    const slope = (values[1]! - values[0]!) / Math.log(levels[1]! / levels[0]!);
    return values[0]! - slope * Math.min(LARGEST_TAIL, Math.log(levels[0]! / level));
  }
  const right = levels.findIndex((each) => each > level);
  const from = normalQuantile(levels[right - 1]!);
  const share = (normalQuantile(level) - from) / (normalQuantile(levels[right]!) - from);
  return values[right - 1]! + share * (values[right]! - values[right - 1]!);
}

import { shortfallWeight } from './shortfallWeight.ts';

/** What one row may need: what can be said of its demand, in replicas. */
export interface NeedOutlook {
  /** The replicas that its median asks for. */
  readonly likely: number;
  /** The probability that so many replicas do not serve it. */
  shortfall(replicas: number): number;
}

/** A floor for each price, and how likely it falls short. */
export interface NeedLadder {
  /** `[price]`, ascending with it. */
  readonly replicas: Int32Array;
  /** `[price]` */
  readonly shortfall: Float64Array;
}

const shortfalls = new Float64Array(4096);

/**
 * For each price of a shortfall, in replicas for one row, ascending, the count at which replicas and expected shortfalls cost the least; written to `into`.
 *
 * A shortfall is dearer the more is at stake: with the fourth root of the likely need, since a price alone would place
 * the shortfalls where a replica more helps the least, at the peaks. All counts from the likely need on are looked at,
 * for the tail may have more than one hump; below it, a row would be given up.
 */
export function needLadder(
  need: NeedOutlook,
  prices: readonly number[],
  limits: { readonly min: number; readonly max: number },
  into: NeedLadder
): void {
  const { min, max } = limits;
  const first = Math.max(min, Math.min(max, need.likely));
  const scale = shortfallWeight(first);
  const dearest = prices.at(-1)! * scale;
  let count = 0;
  for (let replicas = first; replicas <= max && count < shortfalls.length; replicas++) {
    shortfalls[count] = need.shortfall(replicas);
    count++;
    if (dearest * shortfalls[count - 1]! < 1) {
      break;
    }
  }
  let best = 0;
  for (let price = 0; price < prices.length; price++) {
    const factor = prices[price]! * scale;
    let least = Infinity;
    // A dearer shortfall never asks for less.
    for (let above = best; above < count && above < least; above++) {
      const cost = above + factor * shortfalls[above]!;
      if (cost < least) {
        least = cost;
        best = above;
      }
    }
    into.replicas[price] = first + best;
    into.shortfall[price] = shortfalls[best]!;
  }
}

import { knotsAround } from '../cycles/leadKnots.ts';

const SHARES: readonly number[] = [0, 0.25, 0.5, 0.75, 1];
const LEAD_PARTS: readonly number[] = [1 / 288, 1 / 48, 1 / 12, 1 / 4, 1 / 2, 1];
/** How much calmer the rest must be for the effect to be worth it. */
const LEAST_GAIN = 0.03;

/** How far the drivers are followed: a share from 0 to 1 for each of some leads, which ascend. */
export interface LeadShares {
  readonly leads: readonly number[];
  readonly shares: readonly number[];
}

/**
 * The share of the drivers' effect that, taken off the target, leaves what changes least from one step to those some
 * lead later; 0 where nothing is gained. The lesser of what holds over all of the past, and of what holds where `halfLife`
 * steps ago counts half: a relation that has just broken is not followed.
 *
 * A sticky target is followed more closely by its own last value than by its drivers at first, and less later.
 */
export function sharesByLead(
  target: Float64Array,
  effect: Float64Array,
  horizon: number,
  halfLife: number
): LeadShares {
  const leads = [...new Set(LEAD_PARTS.map((part) => Math.max(1, Math.round(part * horizon))))];
  const bestShare = (lead: number, fading: number): number => {
    const losses = SHARES.map((share) => change(target, effect, share, lead, fading));
    const best = losses.indexOf(Math.min(...losses));
    return losses[best]! < (1 - LEAST_GAIN) * losses[0]! ? SHARES[best]! : 0;
  };
  const shares = leads.map((lead) => Math.min(bestShare(lead, Number.POSITIVE_INFINITY), bestShare(lead, halfLife)));
  return { leads, shares };
}

/** The share at a lead, linear between those given. */
export function shareAt({ leads, shares }: LeadShares, lead: number): number {
  const { left, right, share } = knotsAround(leads, lead);
  return (1 - share) * shares[left]! + share * shares[right]!;
}

/** The change over a lag that is left, the more recent the more it counts. */
function change(target: Float64Array, effect: Float64Array, share: number, lag: number, halfLife: number): number {
  let sum = 0;
  let weight = 1;
  const fade = 2 ** (1 / halfLife);
  for (let t = lag; t < target.length; t++) {
    const rise = target[t]! - target[t - lag]! - share * (effect[t]! - effect[t - lag]!);
    sum += Number.isNaN(rise) ? 0 : weight * Math.abs(rise);
    weight = weight > 1e200 ? weight : weight * fade;
  }
  return sum;
}

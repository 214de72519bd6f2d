/** The share of what can be lost at most that a bet may take. */
const LARGEST_STAKE = 0.9;
/** Of the stake that would grow fastest: less where days are noisy, so that runs of good days deceive less. */
const CAUTION = 0.2;
/** What is believed of the spread before anything is seen, and how many observations that counts for. */
const PRIOR_DEVIATION = 0.1;
const PRIOR_COUNT = 2;

/** A bet that a mean is above 0, with all that the next bet needs; plain data. */
export interface Betting {
  readonly count: number;
  /** The logarithm of the e-value: what a stake of 1 has become. */
  readonly logWealth: number;
  readonly sum: number;
  readonly sumSquared: number;
}

export const NO_BET: Betting = { count: 0, logWealth: 0, sum: 0, sumSquared: 0 };

/**
 * Bets once more that the mean of a bounded variable is above 0; `value` is within [-`bound`, infinity).
 *
 * Where its mean, given all before, is never above 0, the wealth is a supermartingale, so that it ever reaches 1 / alpha
 * with a probability of at most alpha, however often and whenever one looks (Ville). The stake is a fifth of the mean
 * over the mean square of what was seen before, within bounds (I. Waudby-Smith and A. Ramdas, Estimating means of bounded
 * random variables by betting, 2024: aGRAPA).
 */
export function betOn(betting: Betting, value: number, bound: number): Betting {
  const { count, logWealth, sum, sumSquared } = betting;
  const mean = sum / (count + 1);
  const square = (PRIOR_COUNT * PRIOR_DEVIATION ** 2 + sumSquared) / (PRIOR_COUNT + count);
  const stake = Math.max(0, Math.min(LARGEST_STAKE / bound, (CAUTION * mean) / square));
  const next = logWealth + Math.log1p(stake * Math.max(-bound, value));
  return {
    count: count + 1,
    logWealth: next,
    sum: sum + value,
    sumSquared: sumSquared + value * value,
  };
}

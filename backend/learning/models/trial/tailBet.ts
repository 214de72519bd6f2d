import { betOn } from './bettingTest.ts';
import type { PairedLosses, TailState } from './trialState.ts';

/** A day counts until it costs so many times a usual day's loss more than the champion's. */
const LEAST_WORST = 2;
/** Or, by the logarithm, so many times as far from the usual as the farthest that was seen, either way. */
const FARTHER = 1.5;
/** No two losses of one day are taken to lie farther apart: one of them is 0. */
const FARTHEST_LOG = 7;

/**
 * Bets once more that a challenger loses less in sum: on what the champion lost more on the day, in the champion's usual
 * losses, mean over the series.
 *
 * The logarithm of a ratio says little of a day that costs five times the usual; here it counts for what it costs, down
 * to a bound that is known before the day. Nobody can bet on a mean without one (R. Bahadur and L. Savage, The
 * nonexistence of certain statistical procedures, 1956): where days were wild, it lies lower. A series without a usual
 * loss yet says nothing.
 */
export function withTail({ betting, usual, logs }: TailState, paired: PairedLosses): TailState {
  const next: Record<string, TailState['usual'][string]> = { ...usual };
  let [series, own, other] = [0, 0, 0];
  for (const [name, { count, champion, challenger }] of Object.entries(paired)) {
    if (!(count > 0) || !Number.isFinite(champion) || !Number.isFinite(challenger) || champion + challenger === 0) {
      continue;
    }
    const before = Object.hasOwn(usual, name) ? usual[name]! : { sum: 0, blocks: 0 };
    next[name] = { sum: before.sum + champion / count, blocks: before.blocks + 1 };
    if (before.sum > 0) {
      series++;
      own += champion / count / (before.sum / before.blocks);
      other += challenger / count / (before.sum / before.blocks);
    }
  }
  if (series === 0) {
    return { betting, usual: next, logs };
  }
  const log = Math.max(-FARTHEST_LOG, Math.min(FARTHEST_LOG, Math.log(other / own)));
  return {
    betting: betOn(betting, (own - other) / series, worstOf(logs)),
    usual: next,
    logs: [...logs, log],
  };
}

/** How much more than the champion's a day's loss may be, in usual losses, as days have been so far. */
function worstOf(logs: readonly number[]): number {
  if (logs.length === 0) {
    return LEAST_WORST;
  }
  const sorted = logs.toSorted((a, b) => a - b);
  const usual = sorted[sorted.length >> 1]!;
  return Math.max(LEAST_WORST, Math.exp(FARTHER * Math.max(sorted.at(-1)! - usual, usual - sorted[0]!)));
}

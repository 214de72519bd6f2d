import { betOn } from './bettingTest.ts';
import { LEASH, usualLoss } from './leash.ts';
import type { PairedLosses, TailState } from './trialState.ts';

/** What is usual is told by so many blocks. */
const KEPT_BLOCKS = 84;

/**
 * Bets once more that a challenger loses less in sum: on what the champion lost more on the day, in the champion's usual
 * losses, mean over the series.
 *
 * The logarithm of a ratio says little of a day that costs five times the usual; here it counts for what it costs. Nobody
 * can bet on a mean without a bound on what a day can cost (R. Bahadur and L. Savage, The nonexistence of certain
 * statistical procedures, 1956): the leash is that bound. What is won is cut at as much, which only makes the bet more
 * cautious: few wild days, which come in a row, must not decide it. A series without a usual loss yet says nothing.
 */
export function withTail({ betting, usual }: TailState, paired: PairedLosses): TailState {
  const next: Record<string, TailState['usual'][string]> = { ...usual };
  let [series, gain] = [0, 0];
  for (const [name, { count, champion, challenger }] of Object.entries(paired)) {
    if (!(count > 0) || !Number.isFinite(champion) || !Number.isFinite(challenger) || champion + challenger === 0) {
      continue;
    }
    const before = Object.hasOwn(usual, name) ? usual[name]! : [];
    const size = usualLoss(before);
    next[name] = [...before, champion / count].slice(-KEPT_BLOCKS);
    if (size > 0) {
      series++;
      gain += (champion - challenger) / count / size;
    }
  }
  const cut = Math.max(-LEASH, Math.min(LEASH, gain / series));
  return { betting: series === 0 ? betting : betOn(betting, cut, LEASH), usual: next };
}

import { aheadOf, LEAST_BLOCKS, MOST_BLOCKS, TRIAL_ALPHA } from './pairedTrial.ts';
import type { TrialState } from './trialState.ts';

/** How a trial stands, in words: `ahead by 4.0 % over 12 days, e-value 7 of 20 needed`. */
export function trialWords(trial: TrialState): string {
  const { blocks, better, worse, tail } = trial;
  if (blocks === 0) {
    return 'no day is compared yet';
  }
  const share = aheadOf(trial);
  const side = share >= 0 ? 'ahead' : 'behind';
  const days = `${String(blocks)} ${blocks === 1 ? 'day' : 'days'}`;
  const [value, of] = share >= 0 ? [better, 'better'] : [worse, 'worse'];
  const needed = String(Math.round(1 / TRIAL_ALPHA));
  const rest = blocks < LEAST_BLOCKS ? `, at least ${String(LEAST_BLOCKS)} days` : `, ${String(MOST_BLOCKS - blocks)} days left`;
  const bySums =
    share >= 0 && better.logWealth >= Math.log(1 / TRIAL_ALPHA)
      ? `, ${eValueWords(tail.betting.logWealth)} with rare bad days counted`
      : '';
  return `${side} by ${(100 * Math.abs(share)).toFixed(1)} % over ${days}, e-value for ${of} ${eValueWords(value.logWealth)} of ${needed} needed${bySums}${rest}`;
}

function eValueWords(logWealth: number): string {
  const value = Math.exp(Math.min(700, logWealth));
  return value < 10 ? value.toFixed(1) : value < 1e6 ? value.toFixed(0) : value.toExponential(1);
}

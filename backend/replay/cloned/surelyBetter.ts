import { signTest } from '../../statistics/index.ts';
import type { PolicyScore } from '../policyScore.ts';
import { isNoWorse } from './isNoWorse.ts';

/** Of two equal policies one passes for surely better no more often than this. */
export const SIGNIFICANCE = 0.05;

/** One day on which both had the same demand. */
export interface PairedDay {
  readonly candidate: PolicyScore;
  readonly alone: PolicyScore;
}

/** How sure it is that a candidate is better. */
export interface Sureness {
  /** Of a candidate that is no better, to win at least so many of the days; 1 where it won none. */
  readonly probability: number;
  /** Whether that is no more than SIGNIFICANCE. */
  readonly isSure: boolean;
}

/** The paired sign test over days: a day is won where the candidate was no worse and not equal, a tie where both were equal. */
export function surelyBetter(days: readonly PairedDay[]): Sureness {
  const won = days.filter(({ candidate, alone }) => isNoWorse(candidate, alone) && !isNoWorse(alone, candidate)).length;
  const lost = days.filter(({ candidate, alone }) => !isNoWorse(candidate, alone)).length;
  const probability = signTest(won, lost);
  return { probability, isSure: probability <= SIGNIFICANCE };
}

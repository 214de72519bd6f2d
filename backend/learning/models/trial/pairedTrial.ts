import { betOn, NO_BET } from './bettingTest.ts';
import type { PairedLosses, TrialState } from './trialState.ts';

/** A challenger that is no better is promoted with at most this probability, whenever and however often one looks. */
export const TRIAL_ALPHA = 0.05;
/** A challenger that is better by less than this share of the champion's loss is not worth a change. */
export const MINIMUM_EFFECT = 0.01;
/** Differences of a block beyond this share of the champion's usual loss count as much, above and below alike. */
export const LARGEST_DIFFERENCE = 0.5;
/** A week, so that a weekend was in it. */
export const LEAST_BLOCKS = 7;
/** Who has not decided it by then is no better. */
export const MOST_BLOCKS = 56;

export type TrialVerdict = 'better' | 'worse' | 'undecided' | 'noBetter';

export function newTrial(startedAtSeconds: number): TrialState {
  return {
    ...{ startedAtSeconds, scales: {}, blocks: 0, ahead: 0 },
    better: { ...NO_BET },
    worse: { ...NO_BET },
  };
}

/**
 * The trial with one more block of paired losses. Blocks must not overlap: all forecasts in one were made after the one
 * before had ended, so that its difference is new given all that was known.
 *
 * A series' difference is told in the champion's mean loss over the blocks before, which is known before the block
 * begins; the first block of a series therefore only sets that measure.
 */
export function withBlock(trial: TrialState, losses: PairedLosses): TrialState {
  const scales = { ...trial.scales };
  const differences: number[] = [];
  for (const [series, { count, champion, challenger }] of Object.entries(losses)) {
    const before = Object.hasOwn(scales, series) ? scales[series] : undefined;
    if (!(count > 0) || !Number.isFinite(champion) || !Number.isFinite(challenger)) {
      continue;
    }
    const scale = before === undefined ? 0 : before.sum / before.blocks;
    if (scale > 0) {
      differences.push((champion - challenger) / count / scale);
    }
    scales[series] = { blocks: (before?.blocks ?? 0) + 1, sum: (before?.sum ?? 0) + champion / count };
  }
  if (differences.length === 0) {
    return { ...trial, scales };
  }
  const difference = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  const clipped = Math.max(-LARGEST_DIFFERENCE, Math.min(LARGEST_DIFFERENCE, difference));
  const bound = LARGEST_DIFFERENCE + MINIMUM_EFFECT;
  return {
    ...trial,
    scales,
    blocks: trial.blocks + 1,
    ahead: trial.ahead + difference,
    better: betOn(trial.better, clipped - MINIMUM_EFFECT, bound),
    worse: betOn(trial.worse, -clipped - MINIMUM_EFFECT, bound),
  };
}

/**
 * What a trial says so far. Better: its e-value has reached 1 / alpha, and with nothing clipped it is ahead by the
 * least that is worth a change too. Worse: the mirror. No better: it had its time.
 */
export function verdictOf({ blocks, ahead, better, worse }: TrialState): TrialVerdict {
  const needed = Math.log(1 / TRIAL_ALPHA);
  if (blocks >= LEAST_BLOCKS && better.logWealth >= needed && ahead / blocks >= MINIMUM_EFFECT) {
    return 'better';
  }
  if (worse.logWealth >= needed) {
    return 'worse';
  }
  return blocks >= MOST_BLOCKS ? 'noBetter' : 'undecided';
}

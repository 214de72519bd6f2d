import { betOn, NO_BET } from './bettingTest.ts';
import { withTail } from './tailBet.ts';
import { NO_TAIL, type PairedLosses, type TailState, type TrialState } from './trialState.ts';

/** A challenger that is no better is promoted with at most this probability, whenever and however often one looks. */
export const TRIAL_ALPHA = 0.05;
/** A challenger that is better by less than this share of the champion's loss is not worth a change. */
export const MINIMUM_EFFECT = 0.01;
/** A day counts by the logarithm of champion's loss over challenger's, and no more than this either way. */
export const LARGEST_RATIO_LOG = 0.4;
/** A week, so that a weekend was in it. */
export const LEAST_BLOCKS = 7;
/** Twelve weeks: who has not decided it by then is no better. */
export const MOST_BLOCKS = 84;

const NEEDED = Math.log(1 / TRIAL_ALPHA);

export type TrialVerdict = 'better' | 'worse' | 'undecided' | 'noBetter';

/** A trial of which nothing is known but, perhaps, what the champion's usual losses are. */
export function newTrial(startedAtSeconds: number, usual: TailState['usual'] = {}): TrialState {
  const tail = { ...NO_TAIL, usual };
  return { startedAtSeconds, blocks: 0, losses: {}, better: { ...NO_BET }, worse: { ...NO_BET }, tail };
}

/**
 * The trial with one more block of paired losses. Blocks must not overlap: all forecasts in one were made after the one
 * before had ended, so that what it says is new given all that was known.
 *
 * A block says, as the mean over its series, the logarithm of the champion's loss over the challenger's, within bounds:
 * days count alike, whatever the size of what was measured on them. A series that both foresaw without a loss says
 * nothing.
 */
export function withBlock(trial: TrialState, paired: PairedLosses): TrialState {
  const losses = { ...trial.losses };
  const logs: number[] = [];
  for (const [series, { count, champion, challenger }] of Object.entries(paired)) {
    if (!(count > 0) || !Number.isFinite(champion) || !Number.isFinite(challenger) || champion + challenger === 0) {
      continue;
    }
    const before = Object.hasOwn(losses, series) ? losses[series]! : { champion: 0, challenger: 0 };
    losses[series] = {
      champion: before.champion + champion / count,
      challenger: before.challenger + challenger / count,
    };
    logs.push(Math.max(-LARGEST_RATIO_LOG, Math.min(LARGEST_RATIO_LOG, Math.log(champion / challenger))));
  }
  if (logs.length === 0) {
    return trial;
  }
  const mean = logs.reduce((sum, each) => sum + each, 0) / logs.length;
  const bound = LARGEST_RATIO_LOG + MINIMUM_EFFECT;
  return {
    ...trial,
    losses,
    blocks: trial.blocks + 1,
    better: betOn(trial.better, mean - MINIMUM_EFFECT, bound),
    worse: betOn(trial.worse, -mean - MINIMUM_EFFECT, bound),
    tail: withTail(trial.tail, paired),
  };
}

/** How much less the challenger lost in all, as a share of the champion's loss, nothing cut: the mean over the series. */
export function aheadOf({ losses }: TrialState): number {
  const shares = Object.values(losses).map(({ champion, challenger }) =>
    champion > 0 ? (champion - challenger) / champion : Number.NEGATIVE_INFINITY
  );
  return shares.length === 0 ? 0 : shares.reduce((sum, each) => sum + each, 0) / shares.length;
}

/**
 * What a trial says so far. Better: its e-values, by days and by sums, have reached 1 / alpha, and in all, with nothing
 * cut, it is ahead by the least that is worth a change, too. Worse: the mirror of the former by days. No better: it had
 * its time.
 */
export function verdictOf(trial: TrialState): TrialVerdict {
  const verdict = verdictByDays(trial);
  return verdict !== 'better' || trial.tail.betting.logWealth >= NEEDED
    ? verdict
    : trial.blocks >= MOST_BLOCKS
      ? 'noBetter'
      : 'undecided';
}

/** The same by days alone: sooner, for what has to be quick and can be undone, such as a roll back. */
export function verdictByDays(trial: TrialState): TrialVerdict {
  const { blocks, better, worse } = trial;
  if (blocks >= LEAST_BLOCKS && better.logWealth >= NEEDED && aheadOf(trial) >= MINIMUM_EFFECT) {
    return 'better';
  }
  if (worse.logWealth >= NEEDED) {
    return 'worse';
  }
  return blocks >= MOST_BLOCKS ? 'noBetter' : 'undecided';
}

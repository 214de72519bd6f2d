import { historyUntil, type History, type Predictor } from '../../forecasting/index.ts';
import { addScores, CRPS_LEVELS, emptyScores } from '../../statistics/index.ts';
import { observedCount, timeAt } from '../../timeseries/index.ts';

const DAY_SECONDS = 86_400;
/** What was seen a day before counts by this less. */
const MEMORY = 0.9;
/** The odds move by this power of e for each usual day's loss that one of the two lost more. */
const SHARPNESS = 3;
/** A day says no more than this, in usual losses. */
const MOST_A_DAY = 1;
/** Below it a fit does not take part. */
const LEAST_WEIGHT = 0.03;
/** Cutoffs of a day at which both are looked at. */
const CUTOFFS = 4;

/** Two fits of one series: one that is kept from before, and the newest; with what speaks for the former. */
export interface WeighedFits {
  readonly kept: Predictor;
  readonly fresh: Predictor;
  /** Cutoffs at which they were made. */
  readonly keptSeconds: number;
  readonly fittedSeconds: number;
  /** Usual losses that fresh fits lost more than the kept one on the days since, older days by less. */
  readonly evidence: number;
  /** Decayed sums of the days' mean losses, and of the days. */
  readonly usual: { readonly sum: number; readonly days: number };
}

/** The weight of the fit that is kept, within [0, 1]; what would be next to nothing is nothing. */
export function keptWeight({ kept, fresh, evidence }: WeighedFits): number {
  const weight = 1 / (1 + Math.exp(-SHARPNESS * evidence));
  return kept === fresh || weight < LEAST_WEIGHT ? 0 : weight > 1 - LEAST_WEIGHT ? 1 : weight;
}

/**
 * A series' fits with one more: first the two before it are compared by what they would have said of what has come since
 * the newest of them was made, which neither has seen. So the class of fresh fits is weighed against one old one.
 *
 * A kept fit without a weight gives way to the fit before the newest. Source of the weights: the exponentially weighted
 * forecaster with forgetting (N. Cesa-Bianchi and G. Lugosi, Prediction, Learning, and Games, 2006).
 */
export async function weighFits(
  before: WeighedFits | undefined,
  fresh: Predictor,
  history: History,
  horizon: number
): Promise<WeighedFits> {
  const { grid } = history.target;
  const fittedSeconds = timeAt(grid, grid.length - 1);
  if (before === undefined) {
    return { kept: fresh, fresh, keptSeconds: fittedSeconds, fittedSeconds, evidence: 0, usual: { sum: 0, days: 0 } };
  }
  const compared = await comparedSince(before, history, horizon);
  const next =
    keptWeight(compared) === 0
      ? { ...compared, kept: before.fresh, keptSeconds: before.fittedSeconds, fresh, fittedSeconds, evidence: 0 }
      : { ...compared, fresh, fittedSeconds };
  return { ...next, kept: await settledOf(next, history, horizon) };
}

/** After two horizons a fit has followed all that it follows, and need not do so at each step. */
async function settledOf({ kept, keptSeconds, fittedSeconds }: WeighedFits, history: History, horizon: number) {
  const hasFollowed = fittedSeconds - keptSeconds >= 2 * horizon * history.target.grid.stepSeconds;
  return (hasFollowed ? await kept.settled?.(history) : undefined) ?? kept;
}

async function comparedSince(before: WeighedFits, history: History, horizon: number): Promise<WeighedFits> {
  const { kept, fresh, usual } = before;
  const { grid } = history.target;
  const perDay = Math.max(1, Math.round(DAY_SECONDS / grid.stepSeconds));
  const since = Math.round((timeAt(grid, grid.length - 1) - before.fittedSeconds) / grid.stepSeconds);
  const steps = Math.min(since, perDay, horizon, grid.length - 1);
  if (kept === fresh || steps < 1) {
    return before;
  }
  const [keptLoss, freshLoss] = [await lossOf(kept, history, steps), await lossOf(fresh, history, steps)];
  const mean = (keptLoss + freshLoss) / 2;
  if (!(mean > 0)) {
    return before;
  }
  const share = Math.min(1, steps / perDay);
  const memory = MEMORY ** share;
  const next = { sum: memory * usual.sum + share * mean, days: memory * usual.days + share };
  const more = ((freshLoss - keptLoss) * next.days) / next.sum;
  const evidence = memory * before.evidence + share * Math.max(-MOST_A_DAY, Math.min(MOST_A_DAY, more));
  return { ...before, usual: next, evidence };
}

/** The mean CRPS of what would have been said of the last `steps`, at cutoffs spread over them; NaN of none measured. */
async function lossOf(predictor: Predictor, history: History, steps: number): Promise<number> {
  const { values } = history.target;
  const scores = emptyScores(CRPS_LEVELS);
  const stride = Math.ceil(steps / CUTOFFS);
  for (let ahead = steps; ahead > 0; ahead -= stride) {
    const at = values.length - ahead;
    const known = historyUntil(history, at, ahead);
    if (observedCount(known.target) > 0) {
      const said = await predictor.predict(known, { horizon: ahead, levels: CRPS_LEVELS });
      addScores(scores, said.values, values.subarray(at));
    }
  }
  const loss = scores.losses.reduce((sum, each) => sum + each, 0);
  return loss / (scores.count * CRPS_LEVELS.length);
}

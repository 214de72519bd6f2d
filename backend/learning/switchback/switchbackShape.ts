import { HeadroomError } from '../../errors/index.ts';
import { parseDurationSeconds } from '../../timeseries/index.ts';
import type { SwitchbackPlan } from './switchbackDesign.ts';

const DAY_SECONDS = 86_400;
const DEFAULT_DAYS = 14;
const DEFAULT_WINDOW_SECONDS = 7200;
/** A new floor, replicas that start and those that drain. */
const BURN_IN_LEADS = 3;
/** Fewer steps of a window after its burn-in say too little. */
const LEAST_STEPS = 4;
const MOST_WINDOWS = 3000;

/** What is asked of a design; durations as Prometheus writes them. */
export interface AskedShape {
  readonly window?: string | undefined;
  readonly burnIn?: string | undefined;
  readonly period?: 'day' | 'week' | undefined;
  readonly days?: number | undefined;
}

/** The service that a test is about, in seconds. */
export interface TestedService {
  readonly leadTimeSeconds: number;
  readonly drainSeconds: number;
  readonly stepSeconds: number;
  /** What the change itself takes before replicas follow, as giving a floor back does; default none. */
  readonly settleSeconds?: number;
}

export type SwitchbackShape = Pick<SwitchbackPlan, 'windowSeconds' | 'burnInSeconds' | 'periodSeconds' | 'blockCount'>;

/** The shape of a test from what is asked for; throws EXPERIMENT_INVALID with what is wrong. */
export function switchbackShape(
  asked: AskedShape,
  { leadTimeSeconds, drainSeconds, stepSeconds, settleSeconds = 0 }: TestedService
): SwitchbackShape {
  const fail = (problem: string): never => {
    throw new HeadroomError('EXPERIMENT_INVALID', { problem });
  };
  const periodSeconds = (asked.period === 'week' ? 7 : 1) * DAY_SECONDS;
  const secondsOf = (field: 'window' | 'burnIn', text: string): number =>
    parseDurationSeconds(text) ?? fail(`${field} is no duration as Prometheus writes them, like 2h`);
  const windowSeconds = asked.window === undefined ? DEFAULT_WINDOW_SECONDS : secondsOf('window', asked.window);
  const burnInSeconds =
    asked.burnIn === undefined
      ? Math.min(Math.max(settleSeconds, BURN_IN_LEADS * leadTimeSeconds) + drainSeconds, windowSeconds / 2)
      : secondsOf('burnIn', asked.burnIn);
  const blockSeconds = 2 * periodSeconds;
  const days = asked.days ?? Math.max(DEFAULT_DAYS, blockSeconds / DAY_SECONDS);
  const blockCount = (days * DAY_SECONDS) / blockSeconds;
  if (!(windowSeconds > 0) || !Number.isInteger(periodSeconds / windowSeconds)) {
    fail(`windows must fill ${asked.period === 'week' ? 'a week' : 'a day'} without a rest`);
  }
  if (!Number.isInteger(blockCount) || blockCount < 1) {
    fail(`days must be a multiple of ${String(blockSeconds / DAY_SECONDS)}: a window and its pair lie in one block`);
  }
  if (burnInSeconds < leadTimeSeconds) {
    fail(`burnIn must be at least the lead time, ${String(leadTimeSeconds)} s: replicas start so late`);
  }
  if (windowSeconds - burnInSeconds < LEAST_STEPS * stepSeconds) {
    fail(`a window must last ${String(LEAST_STEPS)} steps of ${String(stepSeconds)} s beyond its burn-in`);
  }
  if ((blockCount * blockSeconds) / windowSeconds > MOST_WINDOWS) {
    fail(`there must be at most ${String(MOST_WINDOWS)} windows`);
  }
  return { windowSeconds, burnInSeconds, periodSeconds, blockCount };
}

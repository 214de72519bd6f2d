import { seededRandom } from '../../random/index.ts';

/** The two configurations of a test: `a` is the one that is in force without it. */
export type Arm = 'a' | 'b';

/** What is decided before a test begins; all in seconds, epoch seconds for the start. */
export interface SwitchbackPlan {
  readonly startSeconds: number;
  /** Of one window; divides the period. */
  readonly windowSeconds: number;
  /** The start of each window, which is not counted. */
  readonly burnInSeconds: number;
  /** A day, or a week: the two windows of a pair stand so far apart. */
  readonly periodSeconds: number;
  /** Of two periods each. */
  readonly blockCount: number;
  readonly seed: number;
}

export interface SwitchbackDesign extends SwitchbackPlan {
  readonly windowsAPeriod: number;
  readonly pairCount: number;
  readonly endSeconds: number;
  /** `[window]`, in order of time. */
  readonly arms: readonly Arm[];
}

/**
 * The windows of a test in blocks of two periods: a window and the one a period later, at the same time of the day (or
 * the week), are a pair, and a coin of its own says which of the two runs `a`. So each time of the day has as much of both.
 *
 * Throws a RangeError where windows do not fill a period, or nothing is left of one after its burn-in.
 */
export function designSwitchback(plan: SwitchbackPlan): SwitchbackDesign {
  const { startSeconds, windowSeconds, burnInSeconds, periodSeconds, blockCount, seed } = plan;
  const windowsAPeriod = periodSeconds / windowSeconds;
  if (!Number.isInteger(windowsAPeriod) || windowsAPeriod < 1) {
    throw new RangeError(`windows of ${String(windowSeconds)} s do not fill ${String(periodSeconds)} s`);
  }
  if (!(burnInSeconds >= 0 && burnInSeconds < windowSeconds)) {
    throw new RangeError('the burn-in must be shorter than a window');
  }
  if (!Number.isInteger(blockCount) || blockCount < 1) {
    throw new RangeError('a test has at least one block');
  }
  const random = seededRandom(seed);
  const arms: Arm[] = [];
  for (let block = 0; block < blockCount; block++) {
    const first = Array.from({ length: windowsAPeriod }, (): Arm => (random() < 0.5 ? 'a' : 'b'));
    arms.push(...first, ...first.map(otherArm));
  }
  return {
    ...plan,
    windowsAPeriod,
    pairCount: blockCount * windowsAPeriod,
    endSeconds: startSeconds + arms.length * windowSeconds,
    arms,
  };
}

function otherArm(arm: Arm): Arm {
  return arm === 'a' ? 'b' : 'a';
}

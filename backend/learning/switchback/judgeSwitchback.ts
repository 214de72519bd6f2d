import { carryOver, type CarryOver } from './carryOver.ts';
import { finalInterval, pairInterval, type PairInterval } from './pairInterval.ts';
import { pairOutcomes } from './pairOutcomes.ts';
import { spentBounds } from './spentBounds.ts';
import type { Arm, SwitchbackDesign } from './switchbackDesign.ts';

/** Of all looks together. */
export const ERROR_RATE = 0.05;

/** What was measured of each window, `[window]` in order of time; NaN where it is missing or not over yet. */
export interface WindowOutcomes {
  readonly whole: Float64Array;
  /** The halves of what counts of it. */
  readonly early: Float64Array;
  readonly late: Float64Array;
}

/** What a test says at a look: the end of a block. */
export interface SwitchbackLook {
  /** 1, 2, ... */
  readonly look: number;
  readonly atSeconds: number;
  readonly bound: number;
  /** `b` less `a`; undefined where no pair is complete. */
  readonly interval: PairInterval | undefined;
}

export interface SwitchbackJudgement {
  /** Those that were reached, until the one that decided. */
  readonly looks: readonly SwitchbackLook[];
  /** The arm with the lower outcome; undefined while nothing is decided. */
  readonly lower: Arm | undefined;
  /** It has decided, or come to its end. */
  readonly isOver: boolean;
  readonly means: { readonly a: number; readonly b: number } | undefined;
  readonly carryOver: CarryOver | undefined;
  /** Of the pairs that should be complete, those that lack a window. */
  readonly missingShare: number;
}

/**
 * Judges a test by what is measured until `atSeconds`. It is looked at once a block, so that looking more often changes
 * nothing: whoever peeks sees the last look, and all looks together err with probability `ERROR_RATE`.
 */
export function judgeSwitchback(
  design: SwitchbackDesign,
  outcomes: WindowOutcomes,
  atSeconds: number
): SwitchbackJudgement {
  const { blockCount, windowsAPeriod, startSeconds, periodSeconds } = design;
  const blockSeconds = 2 * periodSeconds;
  const reached = Math.max(0, Math.min(blockCount, Math.floor((atSeconds - startSeconds) / blockSeconds)));
  const { differences } = pairOutcomes(design, outcomes.whole);
  const knownUntil = (look: number): number =>
    differences.subarray(0, look * windowsAPeriod).reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const bounds = spentBounds(
    Array.from({ length: reached }, (_, index) => ({ count: knownUntil(index + 1), time: (index + 1) / blockCount })),
    ERROR_RATE
  );
  const looks: SwitchbackLook[] = [];
  let lower: Arm | undefined;
  for (let look = 1; look <= reached && lower === undefined; look++) {
    const done = differences.subarray(0, look * windowsAPeriod);
    const { bound } = bounds[look - 1]!;
    const interval = pairInterval(done, bound);
    lower = interval === undefined ? undefined : interval.low > 0 ? 'a' : interval.high < 0 ? 'b' : undefined;
    const isLast = lower !== undefined || look === blockCount;
    looks.push({
      look,
      atSeconds: startSeconds + look * blockSeconds,
      bound,
      interval: isLast ? finalInterval(done, bounds.slice(0, look), ERROR_RATE) : interval,
    });
  }
  const counted = looks.length * windowsAPeriod;
  const lacking = counted - knownUntil(looks.length);
  return {
    looks,
    lower,
    isOver: lower !== undefined || reached === blockCount,
    means: armMeans(design, outcomes.whole),
    carryOver: carryOver(design, outcomes.early, outcomes.late),
    missingShare: counted === 0 ? 0 : lacking / counted,
  };
}

function armMeans(
  { arms }: SwitchbackDesign,
  whole: Float64Array
): { readonly a: number; readonly b: number } | undefined {
  const meanOf = (arm: Arm): number => {
    const known = whole.filter((value, window) => arms[window] === arm && !Number.isNaN(value));
    return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const [a, b] = [meanOf('a'), meanOf('b')];
  return Number.isNaN(a) || Number.isNaN(b) ? undefined : { a, b };
}

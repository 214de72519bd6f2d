import type { FollowedDays } from './learntPriors.ts';

/** What a day has shown so far of each scenario, the baseline left out. */
export interface DayTally {
  /** Days since the epoch, in UTC. */
  readonly day: number;
  readonly steps: number;
  /** Steps on which a scenario weighed at least a half. */
  readonly led: readonly number[];
  /** Steps on which it weighed at most half its prior. */
  readonly low: readonly number[];
}

const DAY_SECONDS = 86_400;
const LEADING_WEIGHT = 0.5;
const LOW_SHARE = 0.5;
/** In a row or not: fewer steps are one odd measurement and its echo. */
const LEAST_LED = 3;
/** A day decides against a scenario only where so much of it was measured, and so much of that spoke against it. */
const LEAST_MEASURED = 0.5;
const LEAST_LOW = 0.1;
/** Half of what was counted is forgotten after so many days. */
const HALF_LIFE_DAYS = 180;

export function newTally(atSeconds: number, scenarioCount: number): DayTally {
  const none = Array.from({ length: scenarioCount }, () => 0);
  return { day: Math.floor(atSeconds / DAY_SECONDS), steps: 0, led: none, low: none };
}

/** The tally after a step that was measured; `weights` and `priors` are those of the baseline and each scenario. */
export function withStep(tally: DayTally, weights: readonly number[], priors: readonly number[]): DayTally {
  const count = (before: readonly number[], counts: (weight: number, prior: number) => boolean): number[] =>
    before.map((steps, index) => steps + Number(counts(weights[index + 1]!, priors[index + 1]!)));
  return {
    day: tally.day,
    steps: tally.steps + 1,
    led: count(tally.led, (weight) => weight >= LEADING_WEIGHT),
    low: count(tally.low, (weight, prior) => weight <= LOW_SHARE * prior),
  };
}

/**
 * The days counted once a day is over: followed where the scenario led, not followed where the day spoke against it,
 * undecided, so not counted, where it did neither, as of a scenario that cannot be seen in demand.
 */
export function withDay(days: readonly FollowedDays[], tally: DayTally, stepSeconds: number): FollowedDays[] {
  const isMeasured = tally.steps >= (LEAST_MEASURED * DAY_SECONDS) / stepSeconds;
  const kept = 0.5 ** (1 / HALF_LIFE_DAYS);
  return tally.led.map((led, index) => {
    const before = days[index] ?? { followed: 0, decided: 0 };
    const isFollowed = led >= LEAST_LED;
    const isAgainst = !isFollowed && isMeasured && tally.low[index]! >= LEAST_LOW * tally.steps;
    return isFollowed || isAgainst
      ? { followed: kept * before.followed + Number(isFollowed), decided: kept * before.decided + 1 }
      : before;
  });
}

export function isSameDay({ day }: DayTally, atSeconds: number): boolean {
  return day === Math.floor(atSeconds / DAY_SECONDS);
}

const DAY_SECONDS = 86_400;
const NOMINAL_COVERAGE = 0.8;
/** From here on a lower coverage is more than chance. */
const GOOD_COVERAGE = 0.75;
const POOR_COVERAGE = 0.5;
const MOST_CAUTION = 4;
const LONG_DAYS = 14;
const SHORT_DAYS = 3;
/** So little beyond what noise does is still doubtful. */
const SMALL_DRIFT = 1.25;
const LARGE_DRIFT = 2.5;
/** What one cause of doubt leaves of the committed quantile at most, and all of them together. */
const LEAST_PART = 0.5;
const LEAST_FACTOR = 0.25;

/** What is known of how sure a forecast is. */
export interface Assurance {
  readonly historySeconds: number;
  /** Live coverage of the 80 % band; absent while unknown. */
  readonly coverage80?: number;
  /** How far it is off the course its forecasts take it for, over what noise does; 1: not at all. Absent while unknown. */
  readonly drift?: number;
}

/** How sure a forecast is, and what that changes in a plan. */
export interface Confidence extends Assurance {
  readonly level: 'high' | 'medium' | 'low';
  /** The committed tier's quantile is multiplied by this: the less sure, the less is committed and the more reserved. */
  readonly commitFactor: number;
  /** The accepted risk is divided by this: bands that miss twice as often as they say carry half the risk. */
  readonly caution: number;
}

/**
 * Confidence by length of history and, where known, live coverage and drift.
 *
 * High needs two weeks, a coverage of at least 70 % and to be off course by no more than half of what noise does; under
 * three days, under 60 % or 2.5 times off course it is low. What is committed falls steadily with each of the three.
 */
export function confidenceOf(assurance: Assurance): Confidence {
  const { historySeconds, coverage80: coverage = NOMINAL_COVERAGE, drift = 1 } = assurance;
  const days = historySeconds / DAY_SECONDS;
  const isLow = days < SHORT_DAYS || coverage < 0.6 || drift > LARGE_DRIFT;
  const isHigh = days >= LONG_DAYS && coverage >= 0.7 && drift <= 1.5;
  const parts = [
    share(days, 0, LONG_DAYS),
    share(coverage, POOR_COVERAGE, GOOD_COVERAGE),
    1 - share(drift, SMALL_DRIFT, LARGE_DRIFT),
  ];
  return {
    ...assurance,
    level: isLow ? 'low' : isHigh ? 'high' : 'medium',
    commitFactor: Math.max(
      LEAST_FACTOR,
      parts.reduce((factor, part) => factor * (LEAST_PART + (1 - LEAST_PART) * part), 1)
    ),
    caution: coverage >= GOOD_COVERAGE ? 1 : Math.min(MOST_CAUTION, (1 - coverage) / (1 - NOMINAL_COVERAGE)),
  };
}

/** How far `value` is on the way from `low` to `high`, 0 to 1. */
function share(value: number, low: number, high: number): number {
  return Math.max(0, Math.min(1, (value - low) / (high - low)));
}

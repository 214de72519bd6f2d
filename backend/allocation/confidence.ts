const DAY_SECONDS = 86_400;
const NOMINAL_COVERAGE = 0.8;
/** From here on a lower coverage is more than chance. */
const GOOD_COVERAGE = 0.75;
const MOST_CAUTION = 4;

/** How sure a forecast is, and what that changes in a plan. */
export interface Confidence {
  readonly level: 'high' | 'medium' | 'low';
  readonly historySeconds: number;
  /** Live coverage of the 80 % band; absent while unknown. */
  readonly coverage80?: number;
  /** The committed tier's quantile is multiplied by this: the less sure, the less is committed and the more reserved. */
  readonly commitFactor: number;
  /** The accepted risk is divided by this: bands that miss twice as often as they say carry half the risk. */
  readonly caution: number;
}

const COMMIT_FACTOR = { high: 1, medium: 0.75, low: 0.5 } as const;

/**
 * Confidence by length of history and, where known, live coverage.
 *
 * High needs two weeks and a coverage of at least 70 %; under three days or under 60 % is low.
 */
export function confidenceOf(historySeconds: number, coverage80?: number): Confidence {
  const coverage = coverage80 ?? NOMINAL_COVERAGE;
  const isLow = historySeconds < 3 * DAY_SECONDS || coverage < 0.6;
  const isHigh = historySeconds >= 14 * DAY_SECONDS && coverage >= 0.7;
  const level = isLow ? 'low' : isHigh ? 'high' : 'medium';
  return {
    level,
    historySeconds,
    ...(coverage80 === undefined ? {} : { coverage80 }),
    commitFactor: COMMIT_FACTOR[level],
    caution: coverage >= GOOD_COVERAGE ? 1 : Math.min(MOST_CAUTION, (1 - coverage) / (1 - NOMINAL_COVERAGE)),
  };
}

const COUNT = 26;
const RATIO = 1.6;

/** Prices of a shortfall that are tried, in replicas for one row: from less than one to a hundred thousand. */
export const SHORTFALL_PRICES: readonly number[] = Array.from({ length: COUNT }, (_, index) => RATIO ** (index - 1));

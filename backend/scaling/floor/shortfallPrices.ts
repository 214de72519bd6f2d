const COUNT = 52;
const RATIO = 1.28;

/** Prices of a shortfall that are tried, in replicas for one row: from less than one to two hundred thousand. */
export const SHORTFALL_PRICES: readonly number[] = Array.from({ length: COUNT }, (_, index) => RATIO ** (index - 1));

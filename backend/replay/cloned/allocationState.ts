const DAY = 86_400;
const WEEK = 7 * DAY;
const WINDOWS = [
  { seconds: 300, leastRows: 2 },
  { seconds: 900, leastRows: 3 },
  { seconds: 3600, leastRows: 6 },
] as const;
const DAY_WAVES = 3;

/**
 * Features of a state: constant, level, change, a mean and a peak a window, slope, present replicas, habits of the
 * day and the week, clock.
 */
export const STATE_SIZE = 3 + 2 * WINDOWS.length + 4 + 2 * DAY_WAVES + 2;

/** What an operator decides on; replicas are logarithms. */
export interface AllocationMoment {
  readonly nowSeconds: number;
  /** Rows of demand that are known, at least one. */
  readonly known: number;
  readonly present: number;
  /** Held at this time of earlier days, and of earlier weeks; NaN where that is unknown. */
  readonly daily: number;
  readonly weekly: number;
}

/** What a state is read from. */
export interface AllocationView {
  /** Logarithms of demand in replicas, `[row]`; NaN before the first measurement. */
  readonly levels: Float64Array;
  readonly stepSeconds: number;
}

/**
 * Writes what an operator sees at a moment to `into`, `[STATE_SIZE]`.
 *
 * Levels of the past and replicas are relative to the latest level, so that a habit learnt at one demand holds at another.
 */
export function allocationState(
  { levels, stepSeconds }: AllocationView,
  { nowSeconds, known, present, daily, weekly }: AllocationMoment,
  into: Float64Array
): void {
  const latest = levels[known - 1]!;
  const before = (rows: number): number => {
    const value = levels[Math.max(0, known - 1 - rows)]!;
    return Number.isNaN(value) ? 0 : value - latest;
  };
  let at = 0;
  into[at++] = 1;
  into[at++] = latest;
  into[at++] = before(1);
  for (const { seconds, leastRows } of WINDOWS) {
    const rows = Math.max(leastRows, Math.round(seconds / stepSeconds));
    let [sum, peak] = [0, 0];
    for (let back = 0; back < rows; back++) {
      const level = before(back);
      sum += level;
      peak = Math.max(peak, level);
    }
    into[at++] = sum / rows;
    into[at++] = peak;
  }
  into[at++] = before(Math.max(2, Math.round(WINDOWS[1].seconds / stepSeconds)));
  for (const held of [present, daily, weekly]) {
    into[at++] = (Number.isNaN(held) ? present : held) - latest;
  }
  for (let wave = 1; wave <= DAY_WAVES; wave++) {
    const angle = (2 * Math.PI * wave * (nowSeconds % DAY)) / DAY;
    into[at++] = Math.cos(angle);
    into[at++] = Math.sin(angle);
  }
  const angle = (2 * Math.PI * (nowSeconds % WEEK)) / WEEK;
  into[at++] = Math.cos(angle);
  into[at++] = Math.sin(angle);
}

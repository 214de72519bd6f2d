/** The least value of a history at which it often rests, and how near to it a quantile means the same. */
export interface RestingFloor {
  readonly value: number;
  readonly reach: number;
}

const LEAST_SHARE = 0.2;
const REACH_SHARE = 0.05;

/**
 * The floor of a series that rests at its least value, as idle machines and counts do: at least a fifth of its
 * measurements are equal to it. The reach is a twentieth of how far the others lie above it in the mean.
 *
 * A forecast that says a hair more than the floor where it means the floor would miss all those truths.
 */
export function restingFloor(values: Float64Array): RestingFloor | undefined {
  let least = Number.POSITIVE_INFINITY;
  let count = 0;
  for (const value of values) {
    if (value < least) {
      least = value;
    }
    count += Number.isNaN(value) ? 0 : 1;
  }
  let resting = 0;
  let above = 0;
  for (const value of values) {
    if (value === least) {
      resting++;
    } else if (!Number.isNaN(value)) {
      above += (value - least) / count;
    }
  }
  if (resting < LEAST_SHARE * count || resting === count) {
    return undefined;
  }
  return { value: least, reach: REACH_SHARE * above * (count / (count - resting)) };
}

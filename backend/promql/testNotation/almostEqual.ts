const LEAST_NORMAL = 2 ** -1022;

/** Whether two values differ by less than `epsilon` of their sum; NaN equals NaN. Source: Prometheus' util/almost. */
export function almostEqual(a: number, b: number, epsilon: number): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) {
    return true;
  }
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < LEAST_NORMAL) {
    return difference < epsilon * LEAST_NORMAL;
  }
  return difference / Math.min(sum, Number.MAX_VALUE) < epsilon;
}

const NORMAL_90 = 1.2815515655446004;
/** Heavy tails: one odd measurement is no proof. */
const DEGREES = 4;

/**
 * The logarithm of a density, but for a constant, at `value`: two halves of Student's t of 4 degrees that meet at the
 * median, their scales from the 10 and 90 % quantiles. `leastScale` keeps a certain forecast from being infinitely sure.
 */
export function quantileLogDensity(
  value: number,
  [low, median, high]: readonly [number, number, number],
  leastScale: number
): number {
  const below = Math.max(leastScale, (median - low) / NORMAL_90);
  const above = Math.max(leastScale, (high - median) / NORMAL_90);
  const z = (value - median) / (value < median ? below : above);
  return -Math.log((below + above) / 2) - ((DEGREES + 1) / 2) * Math.log1p((z * z) / DEGREES);
}

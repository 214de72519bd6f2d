const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * The probability that a standard normal is at most `x`.
 *
 * Power series near zero, continued fraction in the tails; relative accuracy about 1e-14. Source: Abramowitz and
 * Stegun 26.2.11 and 26.2.14.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) {
    return Number.NaN;
  }
  const magnitude = Math.abs(x);
  if (magnitude > 38.6) {
    return x > 0 ? 1 : 0;
  }
  const density = Math.exp(-0.5 * x * x) / SQRT_TWO_PI;
  if (magnitude < 3) {
    let term = x;
    let sum = x;
    for (let i = 3; Math.abs(term) > Math.abs(sum) * 1e-17; i += 2) {
      term *= (x * x) / i;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  let fraction = magnitude;
  for (let i = 120; i >= 1; i--) {
    fraction = magnitude + i / fraction;
  }
  const tail = density / fraction;
  return x > 0 ? 1 - tail : tail;
}

/**
 * The mean of `|x_t - x_(t - season)|` over `values[0..end)`, pairs with a missing value left out; NaN where there is
 * no pair. The denominator of MASE. Source: Hyndman and Koehler (2006).
 */
export function meanSeasonalDifference(values: ArrayLike<number>, season: number, end: number = values.length): number {
  let sum = 0;
  let count = 0;
  for (let t = season; t < end; t++) {
    const difference = Math.abs(values[t]! - values[t - season]!);
    if (!Number.isNaN(difference)) {
      sum += difference;
      count++;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}

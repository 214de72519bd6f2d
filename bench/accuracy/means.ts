/** The mean of the finite values; NaN of none. */
export function meanOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

/** The geometric mean of the positive values; NaN of none. */
export function geometricMeanOf(values: readonly number[]): number {
  return Math.exp(meanOf(values.filter((value) => value > 0).map(Math.log)));
}

const BLOCKS = 8;

/**
 * The standard error of the logarithm of an estimate, from leaving out one of eight stretches of the past at a time;
 * undefined where the estimate does not stand without one of them.
 *
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 11, with blocks for dependence in time.
 */
export function jackknife<T>(
  points: readonly T[],
  estimate: (some: readonly T[]) => number | undefined
): number | undefined {
  const logs: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const [start, end] = [block, block + 1].map((edge) => Math.round((edge * points.length) / BLOCKS));
    const value = estimate([...points.slice(0, start), ...points.slice(end)]);
    if (value === undefined) {
      return undefined;
    }
    logs.push(Math.log(value));
  }
  const mean = logs.reduce((sum, value) => sum + value, 0) / BLOCKS;
  return Math.sqrt(((BLOCKS - 1) / BLOCKS) * logs.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}

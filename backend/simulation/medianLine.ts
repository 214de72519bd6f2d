const ROUNDS = 30;

/**
 * The line that the absolute distances of `[x, y]` are least from, `[offset, slope]`; undefined where x never changes.
 *
 * Source: iteratively reweighted least squares for the least absolute deviations.
 */
export function medianLine(
  pairs: ReadonlyArray<readonly [x: number, y: number]>
): [offset: number, slope: number] | undefined {
  const x = Float64Array.from(pairs, ([value]) => value);
  const y = Float64Array.from(pairs, ([, value]) => value);
  const weights = new Float64Array(pairs.length).fill(1);
  let line = weightedLine(x, y, weights);
  const least = Math.max(1e-6 * (y.reduce((sum, value) => sum + Math.abs(value), 0) / y.length), 1e-300);
  for (let round = 0; line !== undefined && round < ROUNDS; round++) {
    const [offset, slope] = line;
    for (let i = 0; i < weights.length; i++) {
      weights[i] = 1 / Math.max(least, Math.abs(y[i]! - offset - slope * x[i]!));
    }
    line = weightedLine(x, y, weights) ?? line;
  }
  return line;
}

function weightedLine(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array
): [offset: number, slope: number] | undefined {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]!;
    sumX += weights[i]! * x[i]!;
    sumY += weights[i]! * y[i]!;
  }
  const [meanX, meanY] = [sumX / sum, sumY / sum];
  let [spread, product] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    spread += weights[i]! * (x[i]! - meanX) ** 2;
    product += weights[i]! * (x[i]! - meanX) * (y[i]! - meanY);
  }
  return spread > 1e-12 * sum * Math.max(meanX ** 2, Number.MIN_VALUE)
    ? [meanY - (product / spread) * meanX, product / spread]
    : undefined;
}

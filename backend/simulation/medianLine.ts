const ROUNDS = 30;

/**
 * The line that the absolute distances of `[x, y]` are least from, `[offset, slope]`; undefined where x never changes.
 *
 * Source: iteratively reweighted least squares for the least absolute deviations.
 */
export function medianLine(
  pairs: ReadonlyArray<readonly [x: number, y: number]>
): [offset: number, slope: number] | undefined {
  let line = weightedLine(pairs, () => 1);
  const scale = pairs.reduce((sum, [, y]) => sum + Math.abs(y), 0) / pairs.length;
  for (let round = 0; line !== undefined && round < ROUNDS; round++) {
    const [offset, slope]: [number, number] = line;
    line = weightedLine(pairs, (x, y) => 1 / Math.max(1e-6 * scale, 1e-300, Math.abs(y - offset - slope * x))) ?? line;
  }
  return line;
}

function weightedLine(
  pairs: ReadonlyArray<readonly [x: number, y: number]>,
  weightOf: (x: number, y: number) => number
): [offset: number, slope: number] | undefined {
  let [sum, sumX, sumY] = [0, 0, 0];
  const weights = pairs.map(([x, y]) => weightOf(x, y));
  pairs.forEach(([x, y], i) => {
    sum += weights[i]!;
    sumX += weights[i]! * x;
    sumY += weights[i]! * y;
  });
  const [meanX, meanY] = [sumX / sum, sumY / sum];
  let [spread, product] = [0, 0];
  pairs.forEach(([x, y], i) => {
    spread += weights[i]! * (x - meanX) ** 2;
    product += weights[i]! * (x - meanX) * (y - meanY);
  });
  return spread > 1e-12 * sum * Math.max(meanX ** 2, Number.MIN_VALUE)
    ? [meanY - (product / spread) * meanX, product / spread]
    : undefined;
}

import { gridEnd, type Series } from '../../timeseries/index.ts';

const MIN_PAIRS = 24;
const ROUNDS = 30;

/** How much of a resource one more unit of demand takes, and what to know about that figure. */
export interface ResourceResponse {
  readonly slope: number;
  readonly warning?: string;
}

/**
 * The median regression of a resource on demand over their shared past (both end at the cutoff).
 *
 * Never negative: a resource that falls while demand rises is taken not to follow it. Source: iteratively reweighted
 * least squares for the least absolute deviations.
 */
export function resourceResponse(demand: Series, resource: Series): ResourceResponse {
  const pairs = sharedPairs(demand, resource);
  if (pairs.length < MIN_PAIRS) {
    return {
      slope: 0,
      warning: `shares only ${String(pairs.length)} measurements with demand, so it is taken not to follow it`,
    };
  }
  let line = weightedLine(pairs, () => 1);
  if (line === undefined) {
    return { slope: 0, warning: 'cannot be seen to follow demand, which never changed' };
  }
  const scale = pairs.reduce((sum, [, y]) => sum + Math.abs(y), 0) / pairs.length;
  for (let round = 0; round < ROUNDS; round++) {
    const { slope, offset }: Line = line;
    line = weightedLine(pairs, (x, y) => 1 / Math.max(1e-6 * scale, 1e-300, Math.abs(y - offset - slope * x))) ?? line;
  }
  return line.slope < 0
    ? { slope: 0, warning: 'fell while demand rose, so it is taken not to follow it' }
    : { slope: line.slope };
}

type Pair = readonly [x: number, y: number];

interface Line {
  readonly slope: number;
  readonly offset: number;
}

function sharedPairs(demand: Series, resource: Series): Pair[] {
  const shared = Math.min(demand.values.length, resource.values.length);
  if (shared === 0 || gridEnd(demand.grid) !== gridEnd(resource.grid)) {
    return [];
  }
  const [x, y] = [demand.values.subarray(-shared), resource.values.subarray(-shared)];
  return Array.from(x, (value, i): Pair => [value, y[i]!]).filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
}

function weightedLine(pairs: readonly Pair[], weightOf: (x: number, y: number) => number): Line | undefined {
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
    ? { slope: product / spread, offset: meanY - (product / spread) * meanX }
    : undefined;
}

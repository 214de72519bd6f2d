import { gridEnd, type Series } from '../../timeseries/index.ts';
import { medianLine } from '../medianLine.ts';

const MIN_PAIRS = 24;

/** How much of a resource one more unit of demand takes, and what to know about that figure. */
export interface ResourceResponse {
  readonly slope: number;
  readonly warning?: string;
}

/**
 * The median regression of a resource on demand over their shared past (both end at the cutoff).
 *
 * Never negative: a resource that falls while demand rises is taken not to follow it.
 */
export function resourceResponse(demand: Series, resource: Series): ResourceResponse {
  const pairs = sharedPairs(demand, resource);
  if (pairs.length < MIN_PAIRS) {
    return {
      slope: 0,
      warning: `shares only ${String(pairs.length)} measurements with demand, so it is taken not to follow it`,
    };
  }
  const line = medianLine(pairs);
  if (line === undefined) {
    return { slope: 0, warning: 'cannot be seen to follow demand, which never changed' };
  }
  const [, slope] = line;
  return slope < 0 ? { slope: 0, warning: 'fell while demand rose, so it is taken not to follow it' } : { slope };
}

type Pair = readonly [x: number, y: number];

function sharedPairs(demand: Series, resource: Series): Pair[] {
  const shared = Math.min(demand.values.length, resource.values.length);
  if (shared === 0 || gridEnd(demand.grid) !== gridEnd(resource.grid)) {
    return [];
  }
  const [x, y] = [demand.values.subarray(-shared), resource.values.subarray(-shared)];
  return Array.from(x, (value, i): Pair => [value, y[i]!]).filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
}

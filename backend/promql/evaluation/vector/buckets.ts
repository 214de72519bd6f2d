/** Buckets of a classic histogram at one step, ascending by upper bound; only the first `count` entries count. */
export interface Buckets {
  readonly bounds: Float64Array;
  readonly counts: Float64Array;
  count: number;
}

/** Relative differences below this come from rounding. */
const SMALL_DELTA = 1e-12;
const LEAST_NORMAL = 2 ** -1022;

/**
 * A quantile from cumulative buckets, linear within a bucket; `wasForced` where counts that fell had to be lifted.
 * Merges equal bounds and evens out counts in place. Source: Prometheus' BucketQuantile.
 */
export function bucketQuantile(
  level: number,
  buckets: Buckets
): { readonly value: number; readonly wasForced: boolean } {
  if (Number.isNaN(level) || level < 0 || level > 1) {
    return { value: Number.isNaN(level) ? Number.NaN : level < 0 ? -Infinity : Infinity, wasForced: false };
  }
  if (buckets.bounds[buckets.count - 1] !== Infinity) {
    return { value: Number.NaN, wasForced: false };
  }
  mergeEqualBounds(buckets);
  const wasForced = forceMonotonic(buckets);
  return { value: interpolateQuantile(level, buckets), wasForced };
}

function interpolateQuantile(level: number, { bounds, counts, count }: Buckets): number {
  const observations = counts[count - 1]!;
  if (count < 2 || observations === 0) {
    return Number.NaN;
  }
  let rank = level * observations;
  let bucket = 0;
  while (bucket < count - 1 && !(counts[bucket]! >= rank)) {
    bucket++;
  }
  if (bucket === count - 1) {
    return bounds[count - 2]!;
  }
  const end = bounds[bucket]!;
  if (bucket === 0 && end <= 0) {
    return end;
  }
  let start = 0;
  let inBucket = counts[bucket]!;
  if (bucket > 0) {
    start = bounds[bucket - 1]!;
    inBucket -= counts[bucket - 1]!;
    rank -= counts[bucket - 1]!;
  }
  return start + (end - start) * (rank / inBucket);
}

/** The share of observations in (lower, upper], linear within buckets. Source: Prometheus' BucketFraction. */
export function bucketFraction(lower: number, upper: number, buckets: Buckets): number {
  if (buckets.bounds[buckets.count - 1] !== Infinity) {
    return Number.NaN;
  }
  mergeEqualBounds(buckets);
  const total = buckets.counts[buckets.count - 1]!;
  if (total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) {
    return Number.NaN;
  }
  return lower >= upper ? 0 : (rankOf(upper, buckets, total) - rankOf(lower, buckets, total)) / total;
}

/** How many observations are at or below a value. */
function rankOf(value: number, { bounds, counts, count }: Buckets, total: number): number {
  let rank = 0;
  for (let i = 0; i < count; i++) {
    const start = i === 0 ? -Infinity : bounds[i - 1]!;
    const end = bounds[i]!;
    if (start >= value) {
      return Math.min(rank, total);
    }
    if (end > value) {
      const interpolated = rank + ((counts[i]! - rank) * (value - start)) / (end - start);
      return interpolated > total ? total : interpolated;
    }
    rank = counts[i]!;
  }
  return total;
}

function mergeEqualBounds(buckets: Buckets): void {
  const { bounds, counts } = buckets;
  let last = 0;
  for (let i = 1; i < buckets.count; i++) {
    if (bounds[i] === bounds[last]) {
      counts[last]! += counts[i]!;
    } else {
      last++;
      bounds[last] = bounds[i]!;
      counts[last] = counts[i]!;
    }
  }
  buckets.count = last + 1;
}

/** Lifts counts that fall to the one before; tells whether one fell by more than rounding. */
function forceMonotonic({ counts, count }: Buckets): boolean {
  let wasForced = false;
  let previous = counts[0]!;
  for (let i = 1; i < count; i++) {
    const current = counts[i]!;
    if (current === previous) {
      continue;
    }
    if (isAlmostEqual(previous, current)) {
      counts[i] = previous;
    } else if (current < previous) {
      counts[i] = previous;
      wasForced = true;
    } else {
      previous = current;
    }
  }
  return wasForced;
}

function isAlmostEqual(a: number, b: number): boolean {
  const difference = Math.abs(a - b);
  const sum = Math.abs(a) + Math.abs(b);
  if (a === 0 || b === 0 || sum < LEAST_NORMAL) {
    return difference < SMALL_DELTA * LEAST_NORMAL;
  }
  return difference / Math.min(sum, Number.MAX_VALUE) < SMALL_DELTA || (Number.isNaN(a) && Number.isNaN(b));
}

import type { PlaceDraws } from './mirroredOrder.ts';
import { BUCKETS, MIDDLE, PER_UNIT } from './scoreBuckets.ts';

/**
 * Makes the order of paths that each have a score of their own, `[path]`.
 *
 * Scores closer than 1/128 keep the order of their paths. Linear time: one counting pass.
 */
export function fullOrder(count: number): PlaceDraws {
  const keys = new Uint16Array(count);
  const starts = new Uint32Array(BUCKETS);
  return (scores, draws, target) => {
    starts.fill(0);
    for (let i = 0; i < count; i++) {
      const bucket = (scores[i]! * PER_UNIT + MIDDLE) | 0;
      const key = bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket;
      keys[i] = key;
      starts[key]!++;
    }
    let start = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const size = starts[bucket]!;
      starts[bucket] = start;
      start += size;
    }
    for (let i = 0; i < count; i++) {
      target[i] = draws[starts[keys[i]!]!++]!;
    }
  };
}

import { BUCKETS, scoreBuckets } from './scoreBuckets.ts';

/** Writes `draws`, ascending, into `target`, `[path]`, in the order of the paths' scores. */
export type PlaceDraws = (scores: Float64Array, draws: Float64Array, target: Float64Array) => void;

/**
 * Makes the order of paths that each have a score of their own, `[path]`.
 *
 * Scores closer than 1/128 keep the order of their paths. Linear time: one counting pass.
 */
export function fullOrder(count: number): PlaceDraws {
  const buckets = scoreBuckets(count);
  const starts = new Int32Array(BUCKETS);
  const ranks = new Int32Array(count);
  return (scores, draws, target) => {
    buckets.count(scores, starts);
    let start = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const size = starts[bucket]!;
      starts[bucket] = start;
      start += size;
    }
    buckets.take(starts, ranks);
    for (let i = 0; i < count; i++) {
      target[i] = draws[ranks[i]!]!;
    }
  };
}

import { BUCKETS, MIDDLE, PER_UNIT } from './scoreBuckets.ts';

/** Writes `draws`, ascending, into `target`, `[path]`, in the order of the paths' scores. */
export type PlaceDraws = (scores: Float64Array, draws: Float64Array, target: Float64Array) => void;

/**
 * Makes the order of paths that come in pairs: a path and its mirror image, whose scores are the negatives.
 *
 * `scores` is `[pair]`; `target` holds the first of each pair, then the second ones in the same order, then, of an odd
 * count, the path that is its own mirror image, the middle. Scores closer than 1/128 keep the order of their pairs.
 * Linear time: one counting pass over half of the paths, since the rank of a mirror image is the mirrored rank.
 */
export function mirroredOrder(count: number): PlaceDraws {
  const pairs = count >>> 1;
  const keys = new Uint16Array(pairs);
  const sizes = new Uint32Array(BUCKETS);
  const starts = new Uint32Array(BUCKETS);
  return (scores, draws, target) => {
    sizes.fill(0);
    for (let i = 0; i < pairs; i++) {
      const bucket = (scores[i]! * PER_UNIT + MIDDLE) | 0;
      const key = bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket;
      keys[i] = key;
      sizes[key]!++;
    }
    let low = 0;
    for (let bucket = 0; bucket < MIDDLE; bucket++) {
      const [below, above] = [sizes[bucket]!, sizes[BUCKETS - 1 - bucket]!];
      starts[bucket] = low;
      low += below + above;
      starts[BUCKETS - 1 - bucket] = count - low;
    }
    const last = count - 1;
    for (let i = 0; i < pairs; i++) {
      const rank = starts[keys[i]!]!++;
      target[i] = draws[rank]!;
      target[pairs + i] = draws[last - rank]!;
    }
    if (2 * pairs < count) {
      target[last] = draws[pairs]!;
    }
  };
}

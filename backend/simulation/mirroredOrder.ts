import { BUCKETS, scoreBuckets } from './scoreBuckets.ts';

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
  const buckets = scoreBuckets(pairs);
  const sizes = new Int32Array(BUCKETS);
  const starts = new Int32Array(BUCKETS);
  const ranks = new Int32Array(pairs);
  return (scores, draws, target) => {
    buckets.count(scores, sizes);
    startFromBothEnds(sizes, starts, count);
    buckets.take(starts, ranks);
    placePairs(ranks, draws, target, count - 1);
    if (2 * pairs < count) {
      target[count - 1] = draws[pairs]!;
    }
  };
}

/** Where buckets start if each holds, beside its own, those of the bucket opposite. */
function startFromBothEnds(sizes: Int32Array, starts: Int32Array, count: number): void {
  const last = sizes.length - 1;
  let low = 0;
  for (let bucket = 0; bucket < last - bucket; bucket++) {
    starts[bucket] = low;
    low = (low + sizes[bucket]! + sizes[last - bucket]!) | 0;
    starts[last - bucket] = count - low;
  }
}

function placePairs(ranks: Int32Array, draws: Float64Array, target: Float64Array, last: number): void {
  const pairs = ranks.length;
  for (let i = 0; i < pairs; i++) {
    const rank = ranks[i]!;
    target[i] = draws[rank]!;
    target[pairs + i] = draws[last - rank]!;
  }
}

/** How finely scores of about unit deviation are told apart: 1/128 within +-4; those beyond are in the outermost. */
export const BUCKETS = 1024;
const REACH = 4;
const PER_UNIT = BUCKETS / (2 * REACH);
// Added to a number from 0 on, it leaves the whole part in the low bits of the mantissa: several times faster than `| 0`.
const TO_LOW_BITS = 2 ** 52;
const MIDDLE = TO_LOW_BITS + BUCKETS / 2;
const LAST = TO_LOW_BITS + BUCKETS - 1;
const LOW_WORD = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/** Finds the buckets of scores; its buffers serve one column after the other. */
export interface ScoreBuckets {
  /** Writes how many of the first scores there are in each bucket into `sizes`; their buckets stay until the next call. */
  count(scores: Float64Array, sizes: Int32Array): void;
  /** Takes the next place in the bucket of each score, in their order: reads `starts` and moves them on. */
  take(starts: Int32Array, ranks: Int32Array): void;
}

/** Makes ScoreBuckets for `count` scores at a time. */
export function scoreBuckets(count: number): ScoreBuckets {
  const shifted = new Float64Array(count);
  const words = new Int32Array(shifted.buffer);
  return {
    count(scores, sizes) {
      shiftScores(scores, shifted);
      sizes.fill(0);
      for (let i = LOW_WORD; i < words.length; i += 2) {
        const bucket = words[i]!;
        sizes[bucket] = (sizes[bucket]! + 1) | 0;
      }
    },
    take(starts, ranks) {
      for (let i = 0; i < count; i++) {
        const bucket = words[2 * i + LOW_WORD]!;
        const rank = starts[bucket]!;
        starts[bucket] = (rank + 1) | 0;
        ranks[i] = rank;
      }
    },
  };
}

function shiftScores(scores: Float64Array, shifted: Float64Array): void {
  for (let i = 0; i < shifted.length; i++) {
    const value = scores[i]! * PER_UNIT + MIDDLE;
    shifted[i] = value < TO_LOW_BITS ? TO_LOW_BITS : value > LAST ? LAST : value;
  }
}

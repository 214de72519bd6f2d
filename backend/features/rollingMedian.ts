/**
 * Medians of what is measured among the last `window` values, the present one included, `[step]`; NaN where fewer than
 * `minCount` are.
 *
 * The ranks in the window are counted in a tree of partial sums, so a step takes the logarithm of their number.
 * Source: Fenwick (1994), A new data structure for cumulative frequency tables.
 */
export function rollingMedian(values: Float64Array, window: number, minCount: number): Float64Array {
  const medians = new Float64Array(values.length).fill(Number.NaN);
  const ascending = values.filter((value) => !Number.isNaN(value)).sort();
  const ranks = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : placeOf(ascending, value)));
  const counts = new RankCounts(ascending.length);
  let count = 0;
  for (let t = 0; t < values.length; t++) {
    const leaving = t < window ? -1 : ranks[t - window]!;
    if (leaving >= 0) {
      counts.add(leaving, -1);
      count--;
    }
    if (ranks[t]! >= 0) {
      counts.add(ranks[t]!, 1);
      count++;
    }
    if (count >= Math.max(1, minCount)) {
      const low = ascending[counts.rankOf((count - 1) >> 1)]!;
      const high = count % 2 === 1 ? low : ascending[counts.rankOf(count >> 1)]!;
      medians[t] = low === high ? low : low / 2 + high / 2;
    }
  }
  return medians;
}

/** How many of each rank there are, and which rank the n-th of them has. */
class RankCounts {
  readonly #sums: Int32Array;
  readonly #top: number;

  constructor(ranks: number) {
    this.#sums = new Int32Array(ranks + 1);
    this.#top = ranks === 0 ? 0 : 2 ** Math.floor(Math.log2(ranks));
  }

  add(rank: number, change: number): void {
    const sums = this.#sums;
    for (let i = rank + 1; i < sums.length; i += i & -i) {
      sums[i]! += change;
    }
  }

  /** The rank of the `place`-th, counted from 0 in ascending order. */
  rankOf(place: number): number {
    const sums = this.#sums;
    let rank = 0;
    let left = place;
    for (let step = this.#top; step > 0; step >>= 1) {
      const next = rank + step;
      if (next < sums.length && sums[next]! <= left) {
        rank = next;
        left -= sums[next]!;
      }
    }
    return rank;
  }
}

/** The first of the ascending values that is not below `value`. */
function placeOf(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

const BINS = 1024;

/** Writes the quantiles of `values` (finite) at the selector's levels into `target`, `[level]`. */
export type QuantileSelector = (values: Float64Array, target: Float64Array) => void;

/**
 * Makes a selector of quantiles of `count` values, without sorting them all: values are counted in even bins, and
 * only bins that hold a wanted rank are sorted.
 */
export function quantileSelector(levels: readonly number[], count: number): QuantileSelector {
  const low = levels.map((level) => Math.floor(level * (count - 1)));
  const high = low.map((rank) => Math.min(count - 1, rank + 1));
  const shares = levels.map((level, i) => level * (count - 1) - low[i]!);
  const ranks = Uint32Array.from(new Set([...low, ...high])).sort();
  const [lowPlaces, highPlaces] = [low.map((rank) => ranks.indexOf(rank)), high.map((rank) => ranks.indexOf(rank))];
  const statistics = new Float64Array(ranks.length);
  const bins = new Uint16Array(count);
  const counts = new Uint32Array(BINS);
  const isWanted = new Uint8Array(BINS);
  const positions = new Uint32Array(ranks.length);
  const gathered = new Float64Array(count);

  function countBins(values: Float64Array): void {
    let [least, most] = [values[0]!, values[0]!];
    for (let i = 1; i < count; i++) {
      const value = values[i]!;
      least = value < least ? value : least;
      most = value > most ? value : most;
    }
    const scale = most > least ? (BINS - 1) / (most - least) : 0;
    counts.fill(0);
    for (let i = 0; i < count; i++) {
      const bin = ((values[i]! - least) * scale) | 0;
      bins[i] = bin;
      counts[bin]!++;
    }
  }

  /** Marks the bins that hold a wanted rank, and where among the values of all such bins the ranks will stand. */
  function chooseBins(): void {
    isWanted.fill(0);
    let end = 0;
    let kept = 0;
    let bin = -1;
    for (let next = 0; next < ranks.length; next++) {
      const rank = ranks[next]!;
      while (end <= rank) {
        bin = (bin + 1) | 0;
        end = (end + counts[bin]!) | 0;
      }
      if (isWanted[bin] === 0) {
        isWanted[bin] = 1;
        kept += counts[bin]!;
      }
      positions[next] = kept - (end - rank);
    }
  }

  return (values, target) => {
    countBins(values);
    chooseBins();
    let size = 0;
    for (let i = 0; i < count; i++) {
      if (isWanted[bins[i]!] === 1) {
        gathered[size++] = values[i]!;
      }
    }
    gathered.subarray(0, size).sort();
    for (let place = 0; place < ranks.length; place++) {
      statistics[place] = gathered[positions[place]!]!;
    }
    for (let level = 0; level < shares.length; level++) {
      const value = statistics[lowPlaces[level]!]!;
      const share = shares[level]!;
      target[level] = share === 0 ? value : value + share * (statistics[highPlaces[level]!]! - value);
    }
  };
}

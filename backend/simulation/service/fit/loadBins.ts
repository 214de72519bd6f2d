import { quantileSorted } from '../../../statistics/index.ts';

/** What was measured at about the same load. */
export interface LoadBin {
  readonly load: number;
  readonly median: number;
  readonly mean: number;
  readonly count: number;
}

/** Where the bins end, as shares of all instants by load: finer where replicas are fullest. */
const EDGES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.985, 1];
const LEAST_COUNT = 6;

/** Bins of ascending load of pairs `[load, value]`; those with fewer than six pairs are left out. */
export function loadBins(pairs: ReadonlyArray<readonly [load: number, value: number]>): LoadBin[] {
  const sorted = [...pairs].sort(([a], [b]) => a - b);
  return EDGES.slice(1).flatMap((edge, i) => {
    const inside = sorted.slice(Math.round(EDGES[i]! * sorted.length), Math.round(edge * sorted.length));
    if (inside.length < LEAST_COUNT) {
      return [];
    }
    const values = Float64Array.from(inside, ([, value]) => value).sort();
    return [
      {
        load: quantileSorted(
          Float64Array.from(inside, ([load]) => load),
          0.5
        ),
        median: quantileSorted(values, 0.5),
        mean: values.reduce((sum, value) => sum + value, 0) / values.length,
        count: inside.length,
      },
    ];
  });
}

import { LEAST_POINTS, MOST_ERROR, short, type CapacityFit } from './capacityFit.ts';
import { jackknife } from './jackknife.ts';
import { loadBins } from './loadBins.ts';
import type { ReplicaLoad } from './replicaLoads.ts';

/**
 * Fits the load of a replica from which on more requests fail than the promise allows.
 *
 * The share of failures is taken never to fall with load (isotonic regression), and to lie between bins on a line.
 */
export function fitErrors(loads: readonly ReplicaLoad[], objective: number): CapacityFit {
  const points = loads.filter(({ errorShare }) => errorShare !== undefined);
  const pointCount = points.length;
  const unknown = (reason: string): CapacityFit => ({ kind: 'unknown', reason, pointCount });
  if (pointCount < LEAST_POINTS) {
    return unknown(`failures were measured at only ${String(pointCount)} instants, ${String(LEAST_POINTS)} are needed`);
  }
  const onset = onsetOf(points, 1 - objective);
  if (typeof onset === 'string') {
    return unknown(onset);
  }
  const relativeError = jackknife(points, (some) => {
    const without = onsetOf(some, 1 - objective);
    return typeof without === 'string' ? undefined : without.load;
  });
  return relativeError === undefined || relativeError > MOST_ERROR
    ? unknown('parts of the past contradict each other on the load at which requests fail')
    : { kind: 'fitted', perReplica: onset.load, relativeError, fitError: onset.error, pointCount };
}

/** The load at which failures pass `allowed`, or why there is none, in words. */
function onsetOf(points: readonly ReplicaLoad[], allowed: number): { load: number; error: number } | string {
  const bins = loadBins(points.map(({ load, errorShare }) => [load, errorShare!]));
  const shares = neverFalling(bins);
  const first = shares.findIndex((share) => share > allowed);
  const highest = bins.at(-1)!;
  if (first < 0) {
    return `failures stayed below ${short(100 * allowed)} % up to ${short(highest.load)} a replica, the highest load seen`;
  }
  if (first === 0) {
    return `failures were above ${short(100 * allowed)} % at every load, so they do not come from it`;
  }
  const [below, above] = [shares[first - 1]!, shares[first]!];
  const [from, to] = [bins[first - 1]!.load, bins[first]!.load];
  const misfit = bins.reduce((sum, { mean }, i) => sum + Math.abs(mean - shares[i]!), 0) / bins.length;
  const level = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { load: from + ((to - from) * (allowed - below)) / (above - below), error: misfit / level };
}

/** Pool adjacent violators. */
function neverFalling(bins: ReadonlyArray<{ readonly mean: number; readonly count: number }>): number[] {
  const pools: Array<{ sum: number; count: number; size: number }> = [];
  for (const { mean, count } of bins) {
    let pool = { sum: mean * count, count, size: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.count >= pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count, size: pool.size + last.size };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ sum, count, size }) => Array.from({ length: size }, () => sum / count));
}

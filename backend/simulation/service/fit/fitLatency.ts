import { LEAST_POINTS, MOST_ERROR, short, type CapacityFit } from './capacityFit.ts';
import { responseTail } from '../responseTail.ts';
import { jackknife } from './jackknife.ts';
import { latencyCurve, type LatencyCurve } from './latencyCurve.ts';
import { loadBins, type LoadBin } from './loadBins.ts';
import type { ReplicaLoad } from './replicaLoads.ts';
import type { ServicePromise } from './serviceHistory.ts';

/** What latency says of a replica's capacity, with the curve. */
export type LatencyFit =
  | (CapacityFit & { readonly kind: 'fitted'; readonly curve: LatencyCurve })
  | (CapacityFit & { readonly kind: 'unknown' });

const LEAST_RISE = 1.2;
const MOST_EXTRAPOLATION = 1.3;

/** Fits the load of a replica at which the promise is just kept, from latency at `quantile` under many loads. */
export function fitLatency(loads: readonly ReplicaLoad[], quantile: number, promise: ServicePromise): LatencyFit {
  const points = loads.filter(({ latencySeconds }) => latencySeconds !== undefined);
  const pointCount = points.length;
  const unknown = (reason: string): LatencyFit => ({ kind: 'unknown', reason, pointCount });
  if (pointCount < LEAST_POINTS) {
    return unknown(`latency was measured at only ${String(pointCount)} instants, ${String(LEAST_POINTS)} are needed`);
  }
  const bins = binsOf(points);
  const highest = bins.at(-1)!;
  const level = (some: readonly LoadBin[]) => Math.exp(mean(some.map(({ median }) => Math.log(median))));
  const rise = level(bins.slice(-2)) / level(bins.slice(0, 4));
  const seen = `${short(highest.load)} a replica, the highest load seen`;
  if (rise < LEAST_RISE) {
    return unknown(
      `latency rose by only ${short(Math.max(0, 100 * (rise - 1)))} % up to ${seen}: it never came near saturation`
    );
  }
  const curve = latencyCurve(bins, quantile, promise.unitSeconds);
  const perReplica = loadWithin(curve, promise);
  if (perReplica === undefined) {
    return unknown(`service alone takes longer than ${short(promise.latencySeconds)} s allows`);
  }
  if (perReplica > MOST_EXTRAPOLATION * highest.load) {
    return unknown(`the objective would be kept well beyond ${seen}: it never came near its limit`);
  }
  const relativeError = jackknife(points, (some) => {
    const without = latencyCurve(binsOf(some), quantile, promise.unitSeconds);
    return loadWithin(without, promise);
  });
  return relativeError === undefined || relativeError > MOST_ERROR
    ? unknown('parts of the past contradict each other on the load at which latency rises')
    : { kind: 'fitted', perReplica, relativeError, fitError: curve.error, curve, pointCount };
}

function binsOf(points: readonly ReplicaLoad[]): LoadBin[] {
  return loadBins(points.map(({ load, latencySeconds }) => [load, latencySeconds!]));
}

/** The most units of demand at which the promise is kept; undefined where it is not even without load. */
function loadWithin(
  { workersPerReplica, serviceSeconds, variability }: LatencyCurve,
  { latencySeconds, objective, unitSeconds }: ServicePromise
): number | undefined {
  const isKept = (utilization: number) =>
    responseTail(workersPerReplica, utilization * workersPerReplica, serviceSeconds, variability)(latencySeconds) <=
    1 - objective;
  let [low, high] = [0, 1];
  if (!isKept(0)) {
    return undefined;
  }
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    [low, high] = isKept(middle) ? [middle, high] : [low, middle];
  }
  return low > 0 ? (low * workersPerReplica * unitSeconds) / serviceSeconds : undefined;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

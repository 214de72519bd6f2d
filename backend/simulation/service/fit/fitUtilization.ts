import { quantileSorted } from '../../../statistics/index.ts';
import { LEAST_POINTS, MOST_ERROR, short, type CapacityFit } from './capacityFit.ts';
import { jackknife } from './jackknife.ts';
import { medianLine } from '../../medianLine.ts';
import type { ReplicaLoad } from './replicaLoads.ts';

/** Where nothing is known of latency, a replica is taken to keep its promise up to here: beyond, queues grow fast. */
const FULL = 0.8;
/** A line through less use than this is no guide to a full replica. */
const LEAST_SEEN = 0.4;

/** Fits the load of a replica at which its processors are as busy as they may be (80 %). */
export function fitUtilization(loads: readonly ReplicaLoad[]): CapacityFit {
  const points = loads.filter(({ utilization }) => utilization !== undefined);
  const pointCount = points.length;
  const unknown = (reason: string): CapacityFit => ({ kind: 'unknown', reason, pointCount });
  if (pointCount < LEAST_POINTS) {
    return unknown(
      `the use of cpu was measured at only ${String(pointCount)} instants, ${String(LEAST_POINTS)} are needed`
    );
  }
  const sorted = Float64Array.from(points, ({ utilization }) => utilization!).sort();
  const highest = quantileSorted(sorted, 0.99);
  if (highest < LEAST_SEEN) {
    return unknown(`cpu was never used by more than ${short(100 * highest)} %: it never came near saturation`);
  }
  const perReplica = loadWhenFull(points);
  if (perReplica === undefined) {
    return unknown('the use of cpu does not rise with load');
  }
  const relativeError = jackknife(points, loadWhenFull);
  const fitError = distance(points);
  return relativeError === undefined || relativeError > MOST_ERROR || fitError > MOST_ERROR
    ? unknown('the use of cpu does not follow the load closely enough')
    : { kind: 'fitted', perReplica, relativeError, fitError, pointCount };
}

function lineOf(points: readonly ReplicaLoad[]): [offset: number, slope: number] | undefined {
  return medianLine(points.map(({ load, utilization }) => [load, utilization!]));
}

function loadWhenFull(points: readonly ReplicaLoad[]): number | undefined {
  const [offset, slope] = lineOf(points) ?? [0, 0];
  return slope > 0 && offset < FULL ? (FULL - offset) / slope : undefined;
}

/** The median distance from the line, as a share of the use. */
function distance(points: readonly ReplicaLoad[]): number {
  const [offset, slope] = lineOf(points)!;
  const distances = Float64Array.from(points, ({ load, utilization }) =>
    utilization! > 0 ? Math.abs(utilization! - offset - slope * load) / utilization! : 0
  ).sort();
  return quantileSorted(distances, 0.5);
}

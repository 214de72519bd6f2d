import { responseTail } from './responseTail.ts';

/** What a service promises and how fast it works. */
export interface ServiceObjective {
  /** Units of demand that one replica serves within the objective. */
  readonly perReplica: number;
  /** Seconds that one unit of demand is counted over: 1 for requests a second, 60 for requests a minute. */
  readonly unitSeconds: number;
  readonly latencySeconds: number;
  /** The share of requests to be served within `latencySeconds`. */
  readonly objective: number;
  /** Mean service time of one request without queueing. */
  readonly serviceSeconds: number;
}

/** A replica as a pool of workers. */
export interface ServiceModel extends ServiceObjective {
  readonly workersPerReplica: number;
  /** Units of demand at which a replica is saturated; at least `perReplica`. */
  readonly saturation: number;
  /** Requests that would wait longer give up. */
  readonly patienceSeconds: number;
}

const MOST_SPARE_WORKERS = 1000;
const PATIENCE_FACTOR = 10;

/**
 * The fewest workers in a replica with which `perReplica` units meet the objective; undefined where service alone
 * already takes too long.
 */
export function serviceModel(objective: ServiceObjective): ServiceModel | undefined {
  const { perReplica, unitSeconds, serviceSeconds, latencySeconds } = objective;
  const load = (perReplica / unitSeconds) * serviceSeconds;
  const first = Math.floor(load) + 1;
  for (let workers = first; workers <= first + MOST_SPARE_WORKERS; workers++) {
    if (responseTail(workers, load, serviceSeconds)(latencySeconds) <= 1 - objective.objective) {
      return {
        ...objective,
        workersPerReplica: workers,
        saturation: (workers / serviceSeconds) * unitSeconds,
        patienceSeconds: PATIENCE_FACTOR * latencySeconds,
      };
    }
  }
  return undefined;
}

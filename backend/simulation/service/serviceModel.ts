import { responseTail } from './responseTail.ts';
import { LINEAR, type Scalability } from './scalability.ts';
import { EXPONENTIAL, type Variability } from './variability.ts';

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
  /** Absent: chance alone. */
  readonly variability?: Variability;
  /** Absent: replicas don't slow each other down. */
  readonly scalability?: Scalability;
  /** Requests that may wait at one replica; more are dropped. Absent: only patience limits the queue. */
  readonly queueLimit?: number;
  /** Requests that one replica works on at a time, where it is known; else the fewest that meet the objective. */
  readonly workersPerReplica?: number;
}

/** A replica as a pool of workers. */
export interface ServiceModel extends ServiceObjective {
  readonly workersPerReplica: number;
  readonly variability: Variability;
  readonly scalability: Scalability;
  /** Units of demand at which a replica is saturated; at least `perReplica`. */
  readonly saturation: number;
  /** Requests that would wait longer give up. */
  readonly patienceSeconds: number;
}

const MOST_SPARE_WORKERS = 1000;
const PATIENCE_FACTOR = 10;

/**
 * The fewest workers in a replica with which `perReplica` units meet the objective, or as many as are known; undefined
 * where service alone already takes too long, or the known workers are too few.
 */
export function serviceModel(objective: ServiceObjective): ServiceModel | undefined {
  const { perReplica, unitSeconds, serviceSeconds, latencySeconds, variability = EXPONENTIAL } = objective;
  const load = (perReplica / unitSeconds) * serviceSeconds;
  const known = objective.workersPerReplica;
  const first = known ?? Math.floor(load) + 1;
  const last = known ?? first + MOST_SPARE_WORKERS;
  for (let workers = first; workers <= last && workers > load; workers++) {
    const late = responseTail(workers, load, serviceSeconds, variability)(latencySeconds);
    if (late <= (1 - objective.objective) * (1 + 1e-9)) {
      return {
        ...objective,
        variability,
        scalability: objective.scalability ?? LINEAR,
        workersPerReplica: workers,
        saturation: (workers / serviceSeconds) * unitSeconds,
        patienceSeconds: PATIENCE_FACTOR * latencySeconds,
      };
    }
  }
  return undefined;
}

import { gridEnd, type Series } from '../../../timeseries/index.ts';
import type { ServiceHistory } from './serviceHistory.ts';

/** One instant of a service at rest: as many replicas as the step before. What was not measured is undefined. */
export interface ReplicaLoad {
  readonly replicas: number;
  /** Units of demand on each replica. */
  readonly load: number;
  readonly latencySeconds?: number;
  readonly errorShare?: number;
  /** Use of the processors of each replica, as a share of what it has. */
  readonly utilization?: number;
}

/** The instants in the order of time; those without demand, without a replica or amid a change of replicas are left out. */
export function replicaLoads({ demand, replicas, latency, errors, cpu }: ServiceHistory): ReplicaLoad[] {
  const length = Math.min(demand.values.length, replicas.values.length);
  const at = (series: Series | undefined, back: number) =>
    series !== undefined && gridEnd(series.grid) === gridEnd(demand.grid)
      ? (series.values[series.values.length - back] ?? Number.NaN)
      : Number.NaN;
  const loads: ReplicaLoad[] = [];
  for (let back = length; back >= 1; back--) {
    const [count, before] = [at(replicas, back), at(replicas, back + 1)];
    const offered = at(demand, back);
    if (!(count >= 1) || !(offered > 0) || (before !== count && !Number.isNaN(before))) {
      continue;
    }
    const [seconds, share, used] = [at(latency?.series, back), at(errors, back), at(cpu?.series, back)];
    loads.push({
      replicas: count,
      load: offered / count,
      ...(seconds > 0 ? { latencySeconds: seconds } : {}),
      ...(share >= 0 && share <= 1 ? { errorShare: share } : {}),
      ...(used >= 0 && cpu !== undefined ? { utilization: used / (count * cpu.perReplica) } : {}),
    });
  }
  return loads;
}

import type { Outlook } from '../../../allocation/index.ts';
import { DEFAULTS, type WorkloadConfig } from '../../../config/index.ts';

/**
 * What an hour of the plan saves against a reactive autoscaler that follows the expected demand, `[step]`; below zero where
 * it costs more. Both at the price of a replica that nobody committed to, so that a discount is not counted as a saving.
 *
 * Undefined without a price, a plan, a demand that is foreseen or the capacity of a replica.
 */
export function savingsHourly({ series, replicas }: Outlook, config: WorkloadConfig): Float64Array | undefined {
  const demand = series.find(({ name }) => name === config.demand);
  const perReplica = config.series.find(({ name }) => name === config.demand)?.perReplica;
  const { replicaHour } = config.cost;
  if (demand === undefined || perReplica === undefined || replicaHour === undefined || replicas === undefined) {
    return undefined;
  }
  const { min, max } = config.scaling;
  return replicas.total.map((planned, step) => {
    const reactive = Math.ceil(demand.mean[step]! / (perReplica * DEFAULTS.reactive.hpa.targetUtilization) - 1e-9);
    return (Math.max(min, Math.min(max, reactive)) - planned) * replicaHour;
  });
}

import type { WorkloadDetail } from '../../../../contract/api.ts';
import type { ServiceFile } from '../../../../contract/serviceFile.ts';
import { secondsOf } from '../../../formatting/durations';

/**
 * The service that a workload declares, with a mean service time that is assumed, so that its latency can be
 * simulated; null where the workload does not say what latency it aims at, or its capacity is not known.
 */
export function serviceOf({ definition, summary }: WorkloadDetail, serviceSeconds: number): ServiceFile | null {
  const demand = summary.resources.find(({ name }) => name === summary.demand);
  const { current } = summary.replicas;
  const { latencySeconds, objective } = definition?.slo ?? {};
  if (definition === null || !demand?.capacity || !current || latencySeconds === undefined || objective === undefined) {
    return null;
  }
  const { scaling, cost } = definition;
  const resources = Object.entries(definition.resources ?? {}).flatMap(([name, { perReplica }]) =>
    perReplica === undefined ? [] : [[name, { perReplica }] as const]
  );
  return {
    perReplica: demand.capacity / current,
    ...(scaling?.leadTime === undefined ? {} : { startSeconds: secondsOf(scaling.leadTime) }),
    ...(scaling?.min === undefined ? {} : { min: scaling.min }),
    ...(scaling?.max === undefined ? {} : { max: scaling.max }),
    ...(scaling?.limits === undefined ? {} : { limits: scaling.limits }),
    resources: Object.fromEntries(resources),
    slo: { latencySeconds, objective, serviceSeconds },
    ...(cost === undefined ? {} : { cost }),
    ...(scaling?.risk === undefined ? {} : { headroom: { risk: scaling.risk } }),
  };
}

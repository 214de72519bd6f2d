import type { ServiceFile } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';

/** What a workload declares of itself, as a service (interfaces 1.5) whose resources are those of `simulated`. */
export function declaredService(
  { series, slo, serving, scaling, cost }: WorkloadConfig,
  perReplica: number,
  simulated: readonly string[]
): ServiceFile {
  const { latencySeconds, objective, serviceSeconds } = slo;
  const limited = series.filter(({ name, kind }) => kind === 'resource' && simulated.includes(name));
  return {
    perReplica,
    ...serving,
    startSeconds: scaling.leadTimeSeconds,
    drainSeconds: scaling.drainSeconds,
    min: scaling.min,
    max: scaling.max,
    ...(scaling.limits === undefined ? {} : { limits: scaling.limits }),
    resources: Object.fromEntries(
      limited.flatMap((each) => (each.perReplica === undefined ? [] : [[each.name, { perReplica: each.perReplica }]]))
    ),
    ...(latencySeconds === undefined || objective === undefined
      ? {}
      : {
          slo: { latencySeconds, objective, ...(serviceSeconds === undefined ? {} : { serviceSeconds }) },
        }),
    cost,
    headroom: { risk: scaling.risk },
  };
}

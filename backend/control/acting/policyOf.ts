import { DEFAULTS, type FleetConfig, type WorkloadConfig } from '../../config/index.ts';
import type { ScalingPolicy } from '../../scaling/index.ts';

/** What the workload's operator lets Headroom do, as a decision reads it. */
export function policyOf({ scaling, cost }: WorkloadConfig, fleet: FleetConfig): ScalingPolicy {
  const { limits, relaxedUtilization, budgetCostHourly } = scaling;
  return {
    min: scaling.min,
    max: scaling.max,
    leadTimeSeconds: scaling.leadTimeSeconds,
    ...(limits === undefined ? {} : { limits }),
    cooldown: scaling.cooldown,
    stabilizationSeconds: scaling.stabilizationSeconds,
    worth: scaling.worth,
    freezes: scaling.freezes,
    ...(budgetCostHourly === undefined || cost.replicaHour === undefined
      ? {}
      : { budget: { costHourly: budgetCostHourly, replicaHour: cost.replicaHour } }),
    ...(relaxedUtilization === undefined ? {} : { tuning: { utilization: wholePercent(relaxedUtilization) } }),
    handBackSeconds: scaling.handBackSeconds,
    reactiveUtilization: DEFAULTS.reactive.hpa.targetUtilization,
    blastRadius: { share: fleet.lowerShare, windowSeconds: fleet.lowerSeconds },
  };
}

/** An HPA's target is a whole percentage: what is read back has to be what was set. */
function wholePercent(share: number): number {
  return Math.floor(share * 100 + 1e-9) / 100;
}

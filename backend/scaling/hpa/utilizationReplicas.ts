/** What an HPA sees of a resource at one sync. */
export interface UtilizationSample {
  /** Demand that the ready replicas carry, in the unit of `perReplica`. */
  readonly demand: number;
  /** What one replica serves at a utilisation of 1. */
  readonly perReplica: number;
  /** Replicas asked for, ready or not. */
  readonly current: number;
  readonly ready: number;
  readonly targetUtilization: number;
  readonly tolerance: number;
}

/** Guards the ceiling against the noise of floating point. */
const NOISE = 1e-9;

/**
 * The replicas that a resource metric asks for, before stabilisation and limits.
 *
 * Replicas that are not ready count as idle when scaling out and are left out when scaling in; a change within the
 * tolerance, or one that turns round once they are counted, is none. Source: Kubernetes, replica_calculator.go.
 */
export function utilizationReplicas(sample: UtilizationSample): number {
  const { demand, perReplica, current, ready, targetUtilization, tolerance } = sample;
  if (ready <= 0) {
    return current;
  }
  const ratioOver = (replicas: number): number => demand / (perReplica * targetUtilization * replicas);
  const isWithinTolerance = (ratio: number): boolean => Math.abs(1 - ratio) <= tolerance;
  const ratio = ratioOver(ready);
  const isCountedIdle = ready < current && ratio > 1;
  if (!isCountedIdle) {
    return isWithinTolerance(ratio) ? current : Math.ceil(ratio * ready - NOISE);
  }
  const spreadRatio = ratioOver(current);
  if (isWithinTolerance(spreadRatio) || spreadRatio < 1) {
    return current;
  }
  return Math.max(current, Math.ceil(spreadRatio * current - NOISE));
}

/** A service as a replay sees it: times in seconds, prices by the hour and the minute; absent prices are undefined. */
export interface ReplayService {
  /** Units of demand that one ready replica serves within the SLO. */
  readonly perReplica: number;
  readonly startSeconds: number;
  readonly drainSeconds: number;
  readonly metricLagSeconds: number;
  readonly min: number;
  readonly max: number;
  readonly replicaHour?: number;
  readonly violationMinute?: number;
  readonly hpa: {
    readonly targetUtilization: number;
    readonly tolerance: number;
    readonly syncSeconds: number;
    readonly downStabilizationSeconds: number;
  };
  /** Accepted probability of at least one shortfall in a window of `startSeconds`, averaged over time. */
  readonly risk: number;
}

/** What a way of scaling came to over the measured steps of a day: replicas that served, time in which they fell short. */
export interface KpiRun {
  readonly replicaHours: number;
  readonly violationMinutes: number;
}

/** The figures of one workload on one UTC day; steps that lack demand or replicas are in none of them. */
export interface KpiDay {
  readonly workload: string;
  readonly account: string;
  readonly tier: string;
  /** The day's start, in epoch seconds. */
  readonly daySeconds: number;
  readonly stepSeconds: number;
  readonly expectedSteps: number;
  readonly measuredSteps: number;
  /** Demand in replicas that it would fill, over time. */
  readonly usedReplicaHours: number;
  readonly actual: KpiRun;
  /** What the reactive autoscaler alone would have come to on the same demand. */
  readonly reactive: KpiRun;
  /** The same above a floor from the seasonal-naive forecast; null where too little history comes before. */
  readonly seasonal: KpiRun | null;
  /** The same above the floor that was recommended then; null where too little was foreseen. */
  readonly forecast: KpiRun | null;
  /** Steps whose latency and errors were measured, and those that kept the SLO; null where it is not measured. */
  readonly slo: { readonly measuredSteps: number; readonly metSteps: number } | null;
  /** Prices of then; null where there are none. */
  readonly replicaHour: number | null;
  readonly violationMinute: number | null;
  readonly currency: string;
  /** Whether Headroom acted on it when the day was reckoned: in mode observe nothing of a difference is its doing. */
  readonly isActedOn: boolean;
}

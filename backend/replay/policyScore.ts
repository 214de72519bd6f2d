/** What a policy cost and how it served; costs are null where a price is missing, latency where no service is known. */
export interface PolicyScore {
  readonly replicaHours: number;
  readonly violationMinutes: number;
  /** Of the steps with a measurement. */
  readonly violationShare: number;
  /** Of all demand, what lay above what the ready replicas serve. */
  readonly unservedShare: number;
  readonly scaleUps: number;
  readonly scaleDowns: number;
  readonly replicaCost: number | null;
  readonly violationCost: number | null;
  readonly cost: number | null;
}

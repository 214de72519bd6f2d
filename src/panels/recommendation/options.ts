export interface RecommendationPanelOptions {
  /** A name, or a dashboard variable; empty takes the workload that the data name. */
  readonly workload: string;
  readonly isTimeShown: boolean;
  readonly isCostShown: boolean;
  readonly isRiskShown: boolean;
}

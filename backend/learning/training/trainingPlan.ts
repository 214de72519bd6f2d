/** How a training goes: batches, regularisation and stages, each with either minutes or steps. */
export interface TrainingPlan {
  readonly windowCount: number;
  readonly queryCount: number;
  readonly dropout: number;
  readonly weightDecay: number;
  readonly averageKept: number;
  readonly syntheticShare: number;
  readonly stages: readonly PlannedStage[];
}

export interface PlannedStage {
  readonly minutes?: number | undefined;
  readonly steps?: number | undefined;
  readonly learningRate: number;
  /** Whether it learns from what is held out too. */
  readonly usesAll: boolean;
  readonly dropout?: number | undefined;
  readonly syntheticShare?: number | undefined;
}

/** How a training goes: batches, regularisation and stages, each with either minutes or steps. */
export interface TrainingPlan {
  readonly windowCount: number;
  readonly queryCount: number;
  readonly dropout: number;
  readonly weightDecay: number;
  readonly averageKept: number;
  readonly syntheticShare: number;
  /** How often each family of made-up series is drawn; all alike unless given. */
  readonly generators?: Readonly<Record<string, number>> | undefined;
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

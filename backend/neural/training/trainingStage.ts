/** One stretch of training with a learning rate that rises and falls; ends after so many steps or so much time. */
export interface TrainingStage {
  readonly steps?: number;
  readonly seconds?: number;
  readonly learningRate: number;
  /** Whether it learns from what the other stages are validated on too; then it is not validated itself. */
  readonly usesAll: boolean;
  /** In place of the trainer's own. */
  readonly dropout?: number;
  readonly syntheticShare?: number;
}

/** How much of a stage is done, from 0; 1 and more is all of it. */
export function doneOf(stage: TrainingStage, steps: number, seconds: number): number {
  return stage.steps === undefined ? seconds / (stage.seconds ?? 0) : steps / stage.steps;
}

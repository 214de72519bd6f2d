/** Training of the networks: what they learn from, how windows are drawn, the steps, and going on after a kill. */
export { trainModel, type TrainedModel, type TrainingProgress, type TrainModelOptions } from './trainModel.ts';
export type { TrainingStage } from './trainingStage.ts';
export { Trainer, type TrainerOptions } from './trainer.ts';
export { withShares, type TrainingSeries, type TrainingSource } from './trainingSource.ts';
export { trainingSeries } from './trainingSeries.ts';

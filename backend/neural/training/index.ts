/** Training of the networks: what they learn from, how windows are drawn, and the steps. */
export { Trainer, type TrainerOptions } from './trainer.ts';
export { withShares, type TrainingSeries, type TrainingSource } from './trainingSource.ts';

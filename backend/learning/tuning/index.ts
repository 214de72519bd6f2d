/** Tuning a learnt model on one workload's history, and the shelf on which tuned and shipped ones stand. */
export { type ShelvedModel } from './modelShelf.ts';
export { tuneWorkload, type TuningOptions } from './tuneWorkload.ts';
export type { TuningBudget, TuningResult, TuningTask } from './tuningTask.ts';
export { WorkloadModels, type ModelFolders, type ModelInventory } from './workloadModels.ts';

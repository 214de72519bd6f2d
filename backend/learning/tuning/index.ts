/** Tuning a learnt model on one workload's history, and the shelf on which tuned and shipped ones stand. */
export { artefactProblem } from './artefactProblem.ts';
export { type ShelvedModel } from './modelShelf.ts';
export { tuneWorkload, type TuningOptions } from './tuneWorkload.ts';
export type { TuningBudget, TuningReach, TuningResult, TuningTask } from './tuningTask.ts';
export { versionFolders } from './versionFolders.ts';

/** What training a learnt model is, whoever asks for it: the command, or the sidecar. */
export { artefactContents, type TrainedArtefact } from './artefactContents.ts';
export { commonSeason } from './commonSeason.ts';
export { runTraining, type TrainingRun } from './runTraining.ts';
export { scoresBeside } from './scoresBeside.ts';
export { trainingMaterial, type TrainingMaterial } from './trainingMaterial.ts';
export type { PlannedStage, TrainingPlan } from './trainingPlan.ts';

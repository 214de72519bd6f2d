/** What Headroom learns from what came: live accuracy, and the models that it trains and tunes. */
export * from './accuracy/index.ts';
export * from './conformal/index.ts';
export * from './drift/index.ts';
export * from './fits/index.ts';
export * from './live/index.ts';
export {
  artefactContents,
  commonSeason,
  runTraining,
  scoresBeside,
  trainingMaterial,
  type TrainingMaterial,
  type TrainingPlan,
} from './training/index.ts';
export {
  artefactProblem,
  tuneWorkload,
  type ShelvedModel,
  type TuningBudget,
  type TuningOptions,
  type TuningReach,
  type TuningResult,
  type TuningTask,
} from './tuning/index.ts';
export * from './models/index.ts';
export * from './kpis/index.ts';
export * from './switchback/index.ts';

/** Which version of a learnt model is in charge of a workload, which is on trial, which is out, and how that changes. */
export { collectGarbage } from './collectGarbage.ts';
export {
  withBenched,
  withChallenger,
  withChampionFound,
  withPromoted,
  withRetired,
  withRolledBack,
  type Change,
} from './roleChanges.ts';
export {
  isSameVersion,
  NO_ROLES,
  rolesOf,
  versionWords,
  type ModelVersion,
  type NamedRoles,
  type RoleEvent,
  type Standing,
  type WorkloadRoles,
} from './roles.ts';
export { readRoles, writeRoles, type ReadRoles } from './rolesFile.ts';
export {
  aheadOf,
  LARGEST_RATIO_LOG,
  LEAST_BLOCKS,
  MINIMUM_EFFECT,
  MOST_BLOCKS,
  newTrial,
  TRIAL_ALPHA,
  verdictByDays,
  verdictOf,
  withBlock,
  type TrialVerdict,
} from './trial/pairedTrial.ts';
export { LEASH, leashed, leashesOf } from './trial/leash.ts';
export { addLosses, pairLosses, type ForecastPair, type Said } from './trial/pairLosses.ts';
export type { PairedLosses, TrialState } from './trial/trialState.ts';
export { trialWords } from './trial/trialWords.ts';
export { readTrials, writeTrials, type Trial } from './trialFile.ts';
export {
  WorkloadModels,
  type BenchedModel,
  type ModelFolders,
  type ModelInventory,
  type ModelsAsked,
} from './workloadModels.ts';
export { writeWhole } from './writeWhole.ts';

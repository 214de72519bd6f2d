/** A demand trace against scaling policies in virtual time. */
export type { Comparison } from './compareFrontiers.ts';
export { frontier } from './frontier.ts';
export type { CapUse } from './policies/cappedPolicy.ts';
export type { ClonedUse } from './policies/clonedPolicy.ts';
export type { PolicyScore } from './policyScore.ts';
export { replay, SWEPT_RISKS, SWEPT_TARGETS, type ReplayInput, type ReplayProgress } from './replay.ts';
export {
  REPLAY_POLICIES,
  type PolicyResult,
  type PolicySetting,
  type ReplayPolicyName,
  type ReplayReport,
} from './replayReport.ts';
export type { ReplayService } from './replayService.ts';
export { reactiveRun } from './reactiveRun.ts';
export type { PolicyRun } from './runPolicy.ts';
export type { ArmSetting } from './switched/armPolicy.ts';
export { modelFloors, type ModelFloorOptions } from './switched/modelFloors.ts';
export { replaySwitched, type SwitchedInput, type SwitchedRuns } from './switched/replaySwitched.ts';
export type { SwitchedArm } from './switched/switchedPolicy.ts';
export { replayClock } from './replayClock.ts';

/** Pure decisions: the HPA, the stack of replicas, and the floor for the next minutes. */
export { needLadder, type NeedLadder, type NeedOutlook } from './floor/needLadder.ts';
export { needForecast, type NeedForecast, type NeedForecastOptions, type RowNeeds } from './floor/needForecast.ts';
export { riskPrice, type RiskPrice } from './floor/riskPrice.ts';
export { SHORTFALL_PRICES } from './floor/shortfallPrices.ts';
export { shortfallWeight } from './floor/shortfallWeight.ts';
export { stackFloor, type RowNeed } from './floor/stackFloor.ts';
export { DEFAULT_HPA_BEHAVIOR, type HpaBehavior, type HpaPolicy, type HpaRules } from './hpa/hpaBehavior.ts';
export { hpaController, type HpaBounds, type HpaController } from './hpa/hpaController.ts';
export { utilizationReplicas, type UtilizationSample } from './hpa/utilizationReplicas.ts';
export { replicaStack, type ReplicaStack } from './replicaStack.ts';
export type {
  ScaleTarget,
  TargetAbility,
  TargetChange,
  TargetDifference,
  TargetMark,
  TargetPreview,
  TargetSetting,
  TargetState,
} from './target/scaleTarget.ts';
export { decideRequests } from './requests/decideRequests.ts';
export { requestObjection } from './requests/requestObjection.ts';
export type { RequestBounds, RequestDecision, RequestPolicy, RequestSituation } from './requests/requestSituation.ts';
export {
  REQUEST_KINDS,
  type RequestChange,
  type RequestKind,
  type RequestSetting,
  type RequestState,
  type RequestTarget,
} from './requests/requestTarget.ts';
export { decideScaling } from './decision/decideScaling.ts';
export { frozen } from './decision/quietTimes.ts';
export type { ScalingDecision } from './decision/scalingDecision.ts';
export type { Direction, FreezeWindow, ScalingPolicy } from './decision/scalingPolicy.ts';
export type {
  ApprovedFloor,
  MeasuredNeed,
  PastChange,
  Pause,
  ScalingSituation,
  ScalingWish,
} from './decision/scalingSituation.ts';

/** Prices and cost, candidate plans, tiers, and the recommendation. */
export type { AssessedSeries, Assessment, AssessmentInput } from './assessment.ts';
export type {
  AssessedScenarios,
  ScenarioOutlook,
  ScenarioSeries,
  ScenariosAssessment,
  WeightedScenario,
} from './scenarios/scenarioOutlook.ts';
export { assessWorkload } from './assessWorkload.ts';
export type { NearAdvice, NearPlan } from './near/nearPlan.ts';
export { withNearAdvice, type AdviceNow, type DayAdvice, type NearSetting } from './near/withNearAdvice.ts';
export { replicasBefore } from './limits/replicasBefore.ts';
export { checkWhatIf } from './whatIf/checkWhatIf.ts';
export { weighedPrices, type CostWeights } from './weighedPrices.ts';
export { whatIf, type WhatIfProgress } from './whatIf/whatIf.ts';
export { whatIfSession, type WhatIfSession } from './whatIf/whatIfSession.ts';
export type {
  AbsentKind,
  CandidateReport,
  CostParts,
  DistributionReport,
  FrontierPoint,
  PlanReport,
  ScenarioReport,
  WhatIfInput,
  WhatIfReport,
  WhatIfSeries,
  WhatIfService,
} from './whatIf/whatIfTypes.ts';
export {
  SHORTFALL_WINDOWS,
  type Outlook,
  type ReplicasOutlook,
  type SeriesOutlook,
  type ShortfallOutlook,
  type ShortfallWindow,
} from './outlook.ts';

/** Simulated futures: joint sample paths, scenarios, shortfall, and the service model. */
export { independence, type Dependence } from './dependence.ts';
export { estimateDependence } from './estimateDependence.ts';
export { marginReader, type Margin, type MarginReader } from './margin.ts';
export { samplePaths, type PathBlock, type PathOptions } from './samplePaths.ts';
export { shortfallCounter, type ShortfallCounter, type ShortfallRisk } from './shortfallCounter.ts';
export { BUILT_IN_SCENARIOS } from './scenario/builtInScenarios.ts';
export { SCENARIO_USES } from './scenario/scenarioUses.ts';
export { followScenarios } from './following/followScenarios.ts';
export { PROFILE_LEVELS, type PresentProfile } from './following/presentProfile.ts';
export { isSameDay, newTally, withDay, withStep, type DayTally } from './following/dayTally.ts';
export { learntPriors, type FollowedDays } from './following/learntPriors.ts';
export { scenarioPriors } from './following/scenarioPriors.ts';
export { scenarioFromNow } from './scenario/scenarioFromNow.ts';
export { scenarioWords } from './scenario/scenarioWords.ts';
export { meanEnvelope } from './scenario/envelope.ts';
export type { CompiledScenario, ScenarioContext } from './scenario/compiledScenario.ts';
export { compileScenario } from './scenario/compileScenario.ts';
export { proportionalMap, resourceMap, type ResourceMap } from './scenario/resourceMap.ts';
export { scenarioRun, type ChangedPaths, type ScenarioPaths, type ScenarioRunOptions } from './scenario/scenarioRun.ts';
export { fitService } from './service/fit/fitService.ts';
export { refitScalability, refitWords, type ScalabilityRefit } from './service/fit/refitScalability.ts';
export { fitWords } from './service/fit/fitWords.ts';
export type { FittedService, ServiceFit } from './service/fit/serviceFit.ts';
export type { ServiceHistory, ServicePromise } from './service/fit/serviceHistory.ts';
export { objectiveLoad } from './service/objectiveLoad.ts';
export { usualWhenFull, type ResourceLimit, type WhenFull } from './service/resourceLimit.ts';
export {
  LINEAR,
  replicasForWork,
  replicasWorth,
  scalabilityIn,
  workStretch,
  type Scalability,
} from './service/scalability.ts';
export { serviceMeter, type ServiceLimits, type ServiceMeter, type ServiceOutcome } from './service/serviceMeter.ts';
export { serviceModel, type ServiceModel, type ServiceObjective } from './service/serviceModel.ts';

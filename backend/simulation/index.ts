/** Simulated futures: joint sample paths, scenarios, shortfall, and the service model. */
export { independence, type Dependence } from './dependence.ts';
export { estimateDependence } from './estimateDependence.ts';
export { marginReader, type Margin, type MarginReader } from './margin.ts';
export { samplePaths, type PathBlock, type PathOptions } from './samplePaths.ts';
export { shortfallCounter, type ShortfallCounter, type ShortfallRisk } from './shortfallCounter.ts';
export { BUILT_IN_SCENARIOS } from './scenario/builtInScenarios.ts';
export { SCENARIO_USES } from './scenario/scenarioUses.ts';
export { scenarioFromNow } from './scenario/scenarioFromNow.ts';
export { scenarioWords } from './scenario/scenarioWords.ts';
export { meanEnvelope } from './scenario/envelope.ts';
export type { CompiledScenario, ScenarioContext } from './scenario/compiledScenario.ts';
export { compileScenario } from './scenario/compileScenario.ts';
export { proportionalMap, resourceMap, type ResourceMap } from './scenario/resourceMap.ts';
export { scenarioRun, type ScenarioPaths, type ScenarioRunOptions } from './scenario/scenarioRun.ts';
export { usualWhenFull, type ResourceLimit, type WhenFull } from './service/resourceLimit.ts';
export { LINEAR, replicasForWork, type Scalability } from './service/scalability.ts';
export { serviceMeter, type ServiceLimits, type ServiceMeter, type ServiceOutcome } from './service/serviceMeter.ts';
export { serviceModel, type ServiceModel, type ServiceObjective } from './service/serviceModel.ts';

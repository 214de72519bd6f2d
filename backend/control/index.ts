/** The loop: observe, forecast, simulate, recommend, check. */
export { Acting, type ActingDeps, type Leadership } from './acting/acting.ts';
export { RequestActing, type RequestActingDeps } from './requests/requestActing.ts';
export { Actor } from './acting/actor.ts';
export type { ActingView } from './acting/actorDeps.ts';
export { HEADROOM } from './acting/actorDeps.ts';
export { LastActions, type LastAction } from './acting/lastActions.ts';
export { scalingStand, type ScalingStand } from './acting/scalingStand.ts';
export type { StoredPause } from './acting/consent.ts';
export { answeringOutlooks, type AnsweringOutlook } from './answeringOutlooks.ts';
export type {
  Compute,
  FitJob,
  OutlookJob,
  OutlookResult,
  PreviewJob,
  RangeJob,
  RangeResult,
  SeriesJob,
} from './compute.ts';
export {
  ConfigKeeper,
  type ConfigKeeperOptions,
  type ConfigState,
  type DeclarationChange,
  type DeclarationRequest,
} from './configKeeper.ts';
export { loadWorkloadsFile } from './loadWorkloadsFile.ts';
export { Fleet, type FleetDeps, type SourceState } from './fleet.ts';
export type { FleetEvent, FleetHooks } from './fleetHooks.ts';
export type { FleetView, WorkloadView } from './fleetView.ts';
export { scheduleRanges } from './ranges/scheduleRanges.ts';
export type { RangeName, RangeView } from './ranges/rangeView.ts';
export { createInlineCompute } from './inlineCompute.ts';
export { Experiments, type ExperimentsDeps } from './experiments/experiments.ts';
export { gatherReport, type ReportMaterial } from './kpis/gatherReport.ts';
export { KpiKeeper, type KpiKeeperDeps } from './kpis/kpiKeeper.ts';
export { featuredSeries, type FeaturedSeries } from './featuredSeries.ts';
export { createScheduler, nextTurnSeconds, type Scheduler, type ScheduledWorkload } from './scheduler.ts';
export { Jobs, type JobEnd, type JobProgress, type JobWork } from './jobs/jobs.ts';
export { ModelKeeper } from './tuning/modelKeeper.ts';
export { BY_HEADROOM, Champions, type ChampionsDeps, type RoleChange } from './tuning/champions.ts';
export { CpuShare, type CpuShareOptions } from './tuning/cpuShare.ts';
export { decisionOfRole } from './tuning/decisionOfRole.ts';
export { learningStand, type LearningStand } from './tuning/learningStand.ts';
export { Retraining, type RetrainingDeps } from './tuning/retraining.ts';
export { Shadows, type ShadowsDeps, type ShadowWatch } from './tuning/shadows.ts';
export { Tuner, type TunerDeps, type TuningOutcome } from './tuning/tuner.ts';
export { tuneInThread, type Tune } from './tuning/tuneInThread.ts';
export { BASELINE, type ScenariosView } from './scenarios/scenariosView.ts';
export { ScenarioShelf, type Expected } from './scenarios/scenarioShelf.ts';
export { Proposals, type ProposalsDeps } from './proposals/proposals.ts';
export { Simulator, type Simulated, type SimulatorDeps } from './simulations/simulator.ts';
export { createSimulationThreads, type Simulate } from './simulations/simulationThreads.ts';
export { understandService, type UnderstoodService } from './simulations/understandService.ts';
export { createWorkerCompute } from './workerCompute.ts';
export { endWorker, type EndMessage } from './endWorker.ts';

/** Workloads file and environment to one validated, frozen Config. */
export { checkWorkloadsFile, type Checked } from './checkWorkloadsFile.ts';
export { compileCost } from './compileCost.ts';
export type { RequestsConfig } from './compileRequests.ts';
export { compileWorkload } from './compileWorkload.ts';
export type {
  Config,
  CostConfig,
  FleetConfig,
  NearConfig,
  PlanningConfig,
  QueryConfig,
  SeriesConfig,
  ServingConfig,
  WorkloadConfig,
} from './config.ts';
export { DEFAULTS, LIMITS } from './defaults.ts';
export {
  PERMISSIONS,
  readEnvironment,
  type Environment,
  type EnvironmentVariables,
  type Permission,
} from './environment.ts';
export { KEDA_TLS_VARIABLES, type KedaTls } from './kedaTls.ts';
export { isMetadataAddress } from './isMetadataAddress.ts';
export { fieldsWithoutEffect } from './fieldsWithoutEffect.ts';
export { issueWords } from './issueWords.ts';
export { schemaFaults } from './schemaFaults.ts';
export { formatPath, type Fault, type FaultPath, type PathFault } from './fault.ts';
export { parseWorkloadsFile, type ParsedWorkloadsFile } from './parseWorkloadsFile.ts';

/** The Prometheus side of the server: API, remote read, metrics, and the configuration that others need for them. */
export { FLEET_METRIC_NAMES, FLEET_METRICS, type FleetMetricName } from './fleet/fleetMetrics.ts';
export { FleetSamples } from './fleet/fleetSamples.ts';
export { HORIZONS, horizonName } from './metrics/horizonMetrics.ts';
export { metricsRoute, type MetricsDeps } from './metrics/metricsRoute.ts';
export { createSidecarMetrics, type SidecarMetrics } from './metrics/sidecarMetrics.ts';
export { WORKLOAD_METRICS } from './fleet/workloadGauges.ts';
export { prometheusRoutes, type PrometheusDeps } from './prometheusRoutes.ts';
export { QUERY_LIMITS, type QueryLimits } from './api/queryGate.ts';
export type { NotedSource } from './api/apiRequest.ts';
export {
  horizonAlerts,
  remoteReadAlerts,
  ownAlerts,
  type AlertGroup,
  type AlertOptions,
  type AlertRule,
} from './rules/alertRules.ts';
export { futureRecordings, type RecordingGroup } from './rules/futureRecordings.ts';
export { printRules } from './rules/printRules.ts';
export { remoteReadConfig, type RemoteReadOptions } from './rules/remoteReadConfig.ts';

/** The server: Prometheus API, app API, metrics, workbench. */
export type { ApiRoute } from './app/apiRoute.ts';
export { actingRoutes } from './app/actingRoutes.ts';
export { requestRoutes, type RequestRouteDeps } from './app/acting/requestRoutes.ts';
export type { ActingRouteDeps } from './app/acting/actingRouteDeps.ts';
export { recommendationTag } from './app/acting/recommendationTag.ts';
export { appRoutes, type AppRouteDeps } from './app/appRoutes.ts';
export { decisionRoutes, type DecisionRouteDeps } from './app/decisionRoutes.ts';
export { experimentRoutes, type ExperimentRouteDeps } from './app/experimentRoutes.ts';
export { jobRoutes } from './app/jobRoutes.ts';
export { kpiRoutes, type KpiRouteDeps } from './app/kpiRoutes.ts';
export { modelRoutes, type ModelRouteDeps } from './app/modelRoutes.ts';
export { monthStart } from './app/report/monthStart.ts';
export { reportHtml } from './app/report/reportHtml.ts';
export { reportRoute, type ReportRouteDeps } from './app/reportRoute.ts';
export { scenarioRoutes } from './app/scenarioRoutes.ts';
export { sourceRoutes, type SourceRouteDeps } from './app/sourceRoutes.ts';
export { simulationRoutes, type SimulationRouteDeps } from './app/simulationRoute.ts';
export { workloadScenariosRoute } from './app/workloadScenariosRoute.ts';
export { statusOf, type StatusInput } from './app/statusOf.ts';
export { openApi } from './app/openApi.ts';
export { authorise, type Access } from './authorise.ts';
export type { Caller } from './caller.ts';
export { createPeople } from './identity/createPeople.ts';
export {
  createSidecarMetrics,
  FLEET_METRIC_NAMES,
  FLEET_METRICS,
  futureRecordings,
  HORIZONS,
  horizonAlerts,
  horizonName,
  metricsRoute,
  printRules,
  prometheusRoutes,
  remoteReadAlerts,
  remoteReadConfig,
  type AlertGroup,
  type AlertOptions,
  type AlertRule,
  type FleetMetricName,
  type MetricsDeps,
  type PrometheusDeps,
  type RemoteReadOptions,
  type SidecarMetrics,
} from './prometheus/index.ts';
export { createKedaServer, type KedaServer, type KedaServerOptions } from './keda/kedaServer.ts';
export { createServer, type Readiness, type ServerOptions } from './server.ts';
export { isWorkbenchBuilt, workbenchRoutes, type WorkbenchFolders } from './workbench.ts';
export { formatGrafanaAlertRules } from './alertRules/formatGrafanaAlertRules.ts';
export { GRAFANA_ALERT_DEFAULTS, grafanaAlertRules, type GrafanaAlertOptions } from './alertRules/grafanaAlertRules.ts';
export type { GrafanaRuleFile } from './alertRules/grafanaRuleFile.ts';
export { runbookName } from './alertRules/runbookName.ts';
export { withRunbooks } from './alertRules/withRunbooks.ts';

/** Where the browser finds the app: the workbench that a sidecar serves, or a real Grafana. The one place they differ. */
export interface Places {
  readonly kind: 'workbench' | 'grafana';
  readonly baseUrl: string;
  /** Whether what acts may be pressed: on the workbench, and in a Grafana that is there for it (GRAFANA_MAY_ACT=1). */
  readonly mayAct: boolean;
  readonly overview: string;
  readonly recommendations: string;
  readonly audit: string;
  readonly models: string;
  readonly workloadModels: (name: string) => string;
  readonly experiments: string;
  readonly report: string;
  readonly scenarios: string;
  readonly setup: string;
  readonly forecast: string;
  readonly configuration: string;
  /** A dashboard that hosts the forecast band panel for a workload. */
  readonly dashboard: (workload: string) => string;
  /** A dashboard with the fleet's shortfalls over time. */
  readonly fleetDashboard: string;
  readonly workload: (name: string) => string;
  /** The data source's range queries, as the browser sends them. */
  readonly rangeQueries: string;
}

const PLUGIN_ID = 'headroom-capacity-app';
const RANGE = 'from=now-24h&to=now%2B24h';

/** The Grafana to test against; undefined for the workbench. */
export function grafanaUrl(): string | undefined {
  const url = process.env['GRAFANA_URL'];
  return url === undefined || url === '' ? undefined : url;
}

/** The places of this run: GRAFANA_URL for a Grafana (GRAFANA_USER and GRAFANA_PASSWORD, default admin), else the workbench. */
export function places(): Places {
  const grafana = grafanaUrl();
  const app = `/a/${PLUGIN_ID}`;
  const shared = {
    overview: `${app}/overview`,
    workload: (name: string) => `${app}/workload/${encodeURIComponent(name)}`,
    recommendations: `${app}/recommendations`,
    audit: `${app}/audit`,
    models: `${app}/models`,
    workloadModels: (name: string) => `${app}/models/${encodeURIComponent(name)}`,
    experiments: `${app}/experiments`,
    report: `${app}/report`,
    scenarios: `${app}/scenarios`,
    setup: `${app}/setup`,
    forecast: `${app}/forecast`,
    configuration: `/plugins/${PLUGIN_ID}?page=configuration`,
  };
  if (grafana !== undefined) {
    return {
      ...shared,
      kind: 'grafana',
      baseUrl: grafana,
      mayAct: process.env['GRAFANA_MAY_ACT'] === '1',
      dashboard: (workload) => `/d/headroom-workload/headroom-workload?var-workload=${workload}&${RANGE}`,
      fleetDashboard: `/d/headroom-fleet/headroom-fleet?${RANGE}`,
      rangeQueries: '**/api/ds/query**',
    };
  }
  return {
    ...shared,
    kind: 'workbench',
    baseUrl: process.env['HEADROOM_E2E_URL'] ?? '',
    mayAct: true,
    dashboard: (workload) => `/d/demo?var-workload=${workload}&${RANGE}`,
    fleetDashboard: `/d/demo?${RANGE}`,
    rangeQueries: '**/prometheus/api/v1/query_range',
  };
}

/** The app's calls to its sidecar, as the browser sends them: the same on the workbench and in Grafana. */
export const SIDECAR = `**/api/plugin-proxy/${PLUGIN_ID}/sidecar`;

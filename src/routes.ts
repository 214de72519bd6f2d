import pluginJson from './plugin.json';

export const PLUGIN_ID = pluginJson.id;
export const PLUGIN_BASE_URL = `/a/${PLUGIN_ID}`;

/** The words of the app's addresses, below `/a/headroom-capacity-app/`. */
export const ROUTES = {
  overview: 'overview',
  workload: 'workload',
  forecast: 'forecast',
  scenarios: 'scenarios',
  recommendations: 'recommendations',
  audit: 'audit',
  models: 'models',
  experiments: 'experiments',
  report: 'report',
  setup: 'setup',
} as const;

/** The names of query parameters that pages read. */
export const PARAMS = {
  from: 'from',
  to: 'to',
  timeZone: 'timezone',
  resource: 'resource',
  range: 'range',
  aggregate: 'aggregate',
  search: 'search',
  account: 'account',
  tier: 'tier',
  region: 'region',
  state: 'state',
  action: 'action',
  what: 'what',
  within: 'within',
  panelTitle: 'title',
  datasource: 'ds',
  query: 'query',
  workload: 'workload',
  scenario: 's',
  active: 'active',
  plan: 'plan',
  serviceSeconds: 'service',
  by: 'by',
  view: 'view',
} as const;

type Query = Readonly<Record<string, string | undefined>>;

/** The address of the overview. */
export function overviewUrl(query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.overview}`, query);
}

/** The address of one workload's page. */
export function workloadUrl(name: string, query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.workload}/${encodeURIComponent(name)}`, query);
}

/** The address of the list of recommendations. */
export function recommendationsUrl(query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.recommendations}`, query);
}

/** The address of one recommendation's page. */
export function recommendationUrl(id: string): string {
  return `${PLUGIN_BASE_URL}/${ROUTES.recommendations}/${encodeURIComponent(id)}`;
}

/** The address of the list of who did what. */
export function auditUrl(query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.audit}`, query);
}

/** The address of the page that forecasts any query. */
export function forecastUrl(query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.forecast}`, query);
}

/** The address of the scenario explorer. */
export function scenariosUrl(query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.scenarios}`, query);
}

/** The address of the page that adds a workload, prefilled where a query says with what. */
export function setupUrl(query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.setup}`, query);
}

/** The address of the page that changes a workload. */
export function workloadSetupUrl(name: string): string {
  return `${PLUGIN_BASE_URL}/${ROUTES.setup}/${encodeURIComponent(name)}`;
}

/** The address of the fleet's learnt models. */
export function modelsUrl(query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.models}`, query);
}

/** The address of the models of one workload. */
export function workloadModelsUrl(workload: string, query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.models}/${encodeURIComponent(workload)}`, query);
}

/** The address of the list of tests. */
export function experimentsUrl(query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.experiments}`, query);
}

/** The address of one test; `new` is where one is begun. */
export function experimentUrl(id: string, query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.experiments}/${encodeURIComponent(id)}`, query);
}

/** The address of the figures of what Headroom was worth. */
export function reportUrl(query: Query = {}): string {
  return withQuery(`${PLUGIN_BASE_URL}/${ROUTES.report}`, query);
}

/** The address of the app's configuration page. */
export function configurationUrl(): string {
  return `/plugins/${PLUGIN_ID}?page=configuration`;
}

function withQuery(path: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      params.set(key, value);
    }
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

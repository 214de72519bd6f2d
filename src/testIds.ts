/** Every `data-testid` of the app and its panels; unit and browser tests read them from here. */
export const testIds = {
  states: {
    loading: 'headroom-loading',
    failure: 'headroom-failure',
    stale: 'headroom-stale',
    empty: 'headroom-empty',
  },
  overview: {
    page: 'headroom-overview',
    summary: 'headroom-overview-summary',
    search: 'headroom-overview-search',
    table: 'headroom-overview-table',
    workloadLink: (name: string) => `headroom-overview-workload-${name}`,
  },
  workload: {
    page: 'headroom-workload',
    facts: 'headroom-workload-facts',
    chart: 'headroom-workload-chart',
    lane: 'headroom-workload-lane',
    range: 'headroom-workload-range',
    aggregate: 'headroom-workload-aggregate',
    rangeTrouble: 'headroom-workload-range-trouble',
    resource: (name: string) => `headroom-workload-resource-${name}`,
    recommendation: 'headroom-workload-recommendation',
    importance: 'headroom-workload-importance',
    accuracy: 'headroom-workload-accuracy',
    explore: 'headroom-workload-explore',
  },
  forecast: {
    page: 'headroom-forecast',
    chart: 'headroom-forecast-chart',
    history: 'headroom-forecast-history',
    horizon: 'headroom-forecast-horizon',
    series: 'headroom-forecast-series',
  },
  configuration: {
    page: 'headroom-configuration',
    url: 'headroom-configuration-url',
    token: 'headroom-configuration-token',
    save: 'headroom-configuration-save',
    test: 'headroom-configuration-test',
    result: 'headroom-configuration-result',
  },
  forecastBand: {
    panel: 'headroom-forecastband',
    message: 'headroom-forecastband-message',
  },
} as const;

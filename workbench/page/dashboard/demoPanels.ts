import { type PromQuery } from '../services/sidecarDataSource.ts';

export interface PanelModel {
  readonly id: number;
  /** The nested plugin that draws it. */
  readonly pluginId: string;
  readonly title: string;
  readonly targets: readonly PromQuery[];
}

const FORECAST_BAND = 'headroom-forecastband-panel';
const SHORTFALL_TIMELINE = 'headroom-shortfalltimeline-panel';
const RECOMMENDATION = 'headroom-recommendation-panel';

/**
 * The dashboard's panels: each resource's truth, quantiles and capacity, by the naming convention, then the fleet's
 * shortfalls and what to do about the workload.
 */
export function demoPanels(workload: string, resources: readonly string[]): PanelModel[] {
  const fleet: PanelModel = {
    id: resources.length + 1,
    pluginId: SHORTFALL_TIMELINE,
    title: 'Shortfalls of the fleet',
    targets: [{ refId: 'A', expr: 'headroom_shortfall_probability{resource="any"}', range: true }],
  };
  const recommendation: PanelModel = {
    id: resources.length + 2,
    pluginId: RECOMMENDATION,
    title: `${workload}: recommendation`,
    targets: [{ refId: 'A', expr: `headroom_recommended_replicas{workload="${workload}",kind="total"}`, range: true }],
  };
  const bands = resources.map((resource, index): PanelModel => {
    const selector = `{workload="${workload}",resource="${resource}"}`;
    return {
      id: index + 1,
      pluginId: FORECAST_BAND,
      title: `${workload}: ${resource}`,
      targets: [
        { refId: 'A', expr: `headroom_actual${selector}`, range: true },
        { refId: 'B', expr: `headroom_forecast${selector}`, range: true },
        { refId: 'C', expr: `headroom_capacity${selector}`, range: true },
      ],
    };
  });
  return [...bands, fleet, recommendation];
}

/** The plugins of the dashboard's panels. */
export const DEMO_PLUGINS = [FORECAST_BAND, SHORTFALL_TIMELINE, RECOMMENDATION] as const;

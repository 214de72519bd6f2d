import { type PromQuery } from '../services/sidecarDataSource.ts';

export interface PanelModel {
  readonly id: number;
  readonly title: string;
  readonly targets: readonly PromQuery[];
}

/** The dashboard's panels for one workload: each resource's truth, quantiles and capacity, by the naming convention. */
export function demoPanels(workload: string, resources: readonly string[]): PanelModel[] {
  return resources.map((resource, index) => {
    const selector = `{workload="${workload}",resource="${resource}"}`;
    return {
      id: index + 1,
      title: `${workload}: ${resource}`,
      targets: [
        { refId: 'A', expr: `headroom_actual${selector}`, range: true },
        { refId: 'B', expr: `headroom_forecast${selector}`, range: true },
        { refId: 'C', expr: `headroom_capacity${selector}`, range: true },
      ],
    };
  });
}

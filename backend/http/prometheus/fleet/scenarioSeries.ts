import type { WorkloadView } from '../../../control/index.ts';
import type { Labels, TimeGrid } from '../../../timeseries/index.ts';
import type { Samples } from '../../../promql/index.ts';
import type { FleetMetricName } from './fleetMetrics.ts';
import { gridPoints } from './outlookPoints.ts';

const SCENARIO_METRICS = [
  'headroom_scenario_forecast',
  'headroom_scenario_shortfall_probability',
  'headroom_scenario_weight',
] as const satisfies readonly FleetMetricName[];

export type ScenarioMetricName = (typeof SCENARIO_METRICS)[number];

export function isScenarioMetric(metric: FleetMetricName): metric is ScenarioMetricName {
  return SCENARIO_METRICS.some((one) => one === metric);
}

/** A series of a scenario that a workload keeps, with its points between two instants. */
export interface ScenarioSeriesPoints {
  readonly labels: Labels;
  readonly points: (fromSeconds: number, toSeconds: number) => Samples;
}

/** The series of one metric; forecasts are of the future, weights of the past and the present. */
export function scenarioSeries(metric: ScenarioMetricName, { scenarios }: WorkloadView): ScenarioSeriesPoints[] {
  if (scenarios === undefined) {
    return [];
  }
  const { outlooks } = scenarios;
  const onGrid = (labels: Labels, grid: TimeGrid, values: Float64Array): ScenarioSeriesPoints => ({
    labels,
    points: (from, to) => gridPoints(grid, values, from, to),
  });
  switch (metric) {
    case 'headroom_scenario_forecast':
      return outlooks.flatMap(({ name: scenario, grid, series }) =>
        series.flatMap(({ name: resource, unit, levels, values }) =>
          levels.map((level, row) =>
            onGrid(
              { scenario, resource, unit, quantile: String(level) },
              grid,
              values.subarray(row * grid.length, (row + 1) * grid.length)
            )
          )
        )
      );
    case 'headroom_scenario_shortfall_probability':
      return outlooks.flatMap(({ name: scenario, grid, series, anyShortfall }) => [
        ...series.flatMap(({ name: resource, shortfall }) =>
          shortfall === undefined ? [] : [onGrid({ scenario, resource }, grid, shortfall)]
        ),
        ...(anyShortfall === undefined ? [] : [onGrid({ scenario, resource: 'any' }, grid, anyShortfall)]),
      ]);
    case 'headroom_scenario_weight': {
      const known = [
        ...scenarios.history.filter(({ at }) => at < scenarios.atSeconds),
        { at: scenarios.atSeconds, weights: scenarios.weights },
      ];
      return scenarios.names.map((scenario, index) => ({
        labels: { scenario },
        points: (from, to) => {
          const within = known.filter(({ at }) => at >= from && at <= to);
          return {
            timestamps: Float64Array.from(within, ({ at }) => at * 1000),
            values: Float64Array.from(within, ({ weights }) => weights[index]!),
          };
        },
      }));
    }
  }
}

import {
  SHORTFALL_WINDOWS,
  type Outlook,
  type SeriesOutlook,
  type ShortfallOutlook,
} from '../../../allocation/index.ts';
import type { WorkloadView } from '../../../control/index.ts';
import type { Labels } from '../../../timeseries/index.ts';
import type { FleetMetricName } from './fleetMetrics.ts';
import type { PickValues } from './outlookPoints.ts';
import { savingsHourly } from './savingsHourly.ts';

/** One series that an outlook describes: what makes it differ from its workload's others, and where its values are. */
export interface VirtualSeries {
  readonly labels: Labels;
  readonly pick: PickValues;
}

/** The shortfall of all resources together. */
const ANY = 'any';
const REPLICA_KINDS = ['committed', 'reserved', 'total', 'burst'] as const;
const WINDOWS = Object.keys(SHORTFALL_WINDOWS) as Array<keyof typeof SHORTFALL_WINDOWS>;

/** The series of one metric that a workload's latest outlook describes; past outlooks are read by the same names. */
export function virtualSeries(metric: FleetMetricName, view: WorkloadView): readonly VirtualSeries[] {
  const { outlook } = view;
  if (outlook === undefined) {
    return [];
  }
  switch (metric) {
    case 'headroom_forecast':
      return outlook.series.flatMap((series) =>
        series.levels.map((level) => ({
          labels: { resource: series.name, unit: series.unit, quantile: String(level) },
          pick: ofSeries(series.name, (one, grid) => levelValues(one, level, grid.length)),
        }))
      );
    case 'headroom_forecast_mean':
      return outlook.series.map(({ name, unit }) => ({
        labels: { resource: name, unit },
        pick: ofSeries(name, (one) => one.mean),
      }));
    case 'headroom_capacity':
      return outlook.series
        .filter(({ capacity }) => capacity !== undefined)
        .map(({ name }) => ({ labels: { resource: name }, pick: ofSeries(name, (one) => one.capacity) }));
    case 'headroom_shortfall_probability':
      return shortfalls(outlook).map(({ resource, of }) => ({
        labels: { resource },
        pick: (one) => of(one)?.probability,
      }));
    case 'headroom_shortfall_probability_window':
      return shortfalls(outlook).flatMap(({ resource, of }) =>
        WINDOWS.map((window) => ({
          labels: { resource, window },
          pick: (one: Outlook) => of(one)?.window[window],
        }))
      );
    case 'headroom_recommended_replicas':
      return outlook.replicas === undefined
        ? []
        : REPLICA_KINDS.map((kind) => ({ labels: { kind }, pick: (one) => one.replicas?.[kind] }));
    case 'headroom_recommended_request':
      return (outlook.requests ?? []).map(({ resource, unit }) => ({
        labels: { resource, unit },
        pick: ({ requests, grid }) => {
          const target = requests?.find((one) => one.resource === resource)?.target;
          return target === undefined ? undefined : new Float64Array(grid.length).fill(target);
        },
      }));
    case 'headroom_cost_hourly':
      return outlook.costHourly === undefined
        ? []
        : [
            {
              labels: { currency: outlook.currency },
              pick: (one) => (one.currency === outlook.currency ? one.costHourly : undefined),
            },
          ];
    case 'headroom_savings_hourly':
      return savingsHourly(outlook, view.config) === undefined
        ? []
        : [
            {
              labels: { currency: outlook.currency, baseline: 'reactive' },
              pick: (one) => savingsHourly(one, view.config),
            },
          ];
    case 'headroom_slo_attainment':
    case 'headroom_actual':
    case 'headroom_near_forecast':
    case 'headroom_near_forecast_mean':
    case 'headroom_planning_actual':
    case 'headroom_planning_forecast':
    case 'headroom_planning_forecast_mean':
    case 'headroom_scenario_forecast':
    case 'headroom_scenario_shortfall_probability':
    case 'headroom_scenario_weight':
    case 'headroom_feature':
    case 'headroom_forecast_error':
    case 'headroom_forecast_coverage':
      return [];
  }
}

function ofSeries(
  name: string,
  pick: (series: SeriesOutlook, grid: Outlook['grid']) => Float64Array | undefined
): PickValues {
  return (outlook) => {
    const series = outlook.series.find((one) => one.name === name);
    return series === undefined ? undefined : pick(series, outlook.grid);
  };
}

/** The values of one level of a series, `[step]`; `undefined` where it lacks the level. */
export function levelValues(
  { levels, values }: SeriesOutlook,
  level: number,
  length: number
): Float64Array | undefined {
  const row = levels.indexOf(level);
  return row < 0 ? undefined : values.subarray(row * length, (row + 1) * length);
}

interface Shortfall {
  readonly resource: string;
  readonly of: (outlook: Outlook) => ShortfallOutlook | undefined;
}

function shortfalls(outlook: Outlook): Shortfall[] {
  const single = outlook.series
    .filter(({ shortfall }) => shortfall !== undefined)
    .map(({ name }) => ({
      resource: name,
      of: (one: Outlook) => one.series.find((series) => series.name === name)?.shortfall,
    }));
  return outlook.anyShortfall === undefined
    ? single
    : [...single, { resource: ANY, of: (one: Outlook) => one.anyShortfall }];
}

import type { Outlook, SeriesOutlook } from '../../../allocation/index.ts';
import type { RangeName, RangeView, WorkloadView } from '../../../control/index.ts';
import type { Labels, Series } from '../../../timeseries/index.ts';
import type { FleetMetricName } from './fleetMetrics.ts';
import { levelValues, type VirtualSeries } from './virtualSeries.ts';

/** Which range each of the metrics of the ranges beside the day ahead is of. */
export const RANGE_METRICS = {
  headroom_near_forecast: 'near',
  headroom_near_forecast_mean: 'near',
  headroom_planning_actual: 'planning',
  headroom_planning_forecast: 'planning',
  headroom_planning_forecast_mean: 'planning',
} as const satisfies Partial<Record<FleetMetricName, RangeName>>;

export type RangeMetricName = keyof typeof RANGE_METRICS;

export function isRangeMetric(metric: FleetMetricName): metric is RangeMetricName {
  return metric in RANGE_METRICS;
}

/** The forecast series of one metric that a range's latest outlook describes; past ones are read by the same names. */
export function rangeForecastSeries(metric: RangeMetricName, { outlook }: RangeView): readonly VirtualSeries[] {
  const series = metric === 'headroom_planning_actual' ? [] : (outlook?.series ?? []);
  const isMean = metric === 'headroom_near_forecast_mean' || metric === 'headroom_planning_forecast_mean';
  return series.flatMap((one): VirtualSeries[] => {
    const labels = { ...resourceLabels(one.name), unit: one.unit };
    if (isMean) {
      return [{ labels, pick: (from) => named(from, one.name)?.mean }];
    }
    return one.levels.map((level) => ({
      labels: { ...labels, quantile: String(level) },
      pick: (from) => {
        const found = named(from, one.name);
        return found && levelValues(found, level, from.grid.length);
      },
    }));
  });
}

/** What was measured of whole days. */
export function planningActualSeries(
  { actual }: RangeView,
  view: WorkloadView
): Array<{ readonly labels: Labels; readonly measured: Series }> {
  return [...actual].map(([name, measured]) => {
    const labels = resourceLabels(name);
    const unit = view.config.series.find((series) => series.name === labels['resource'])?.unit ?? '';
    return { labels: { ...labels, unit }, measured };
  });
}

/** `requests/peak` is the peaks of `requests`; a resource's own name has no `/`. */
function resourceLabels(name: string): Labels {
  const [resource = '', aggregate] = name.split('/');
  return aggregate === undefined ? { resource } : { resource, aggregate };
}

function named(outlook: Outlook, name: string): SeriesOutlook | undefined {
  return outlook.series.find((one) => one.name === name);
}

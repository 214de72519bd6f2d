import type { Sparkline } from '../../../contract/index.ts';
import type { Outlook, SeriesOutlook } from '../../allocation/index.ts';
import type { WorkloadView } from '../../control/index.ts';
import { gridIndexAt, timeAt } from '../../timeseries/index.ts';
import { orNull } from './orNull.ts';

const SPARKLINE_POINTS = 100;
const SPARKLINE_PAST_SECONDS = 43_200;
/** Far finer than a pixel of it. */
const DIGITS = 5;

/** The demand, or the resource nearest to its capacity, around now. */
export function sparklineOf(view: WorkloadView, nowSeconds: number): Sparkline | null {
  const { outlook, config } = view;
  const shown = outlook && mostUrgent(outlook, config.demand);
  if (outlook === undefined || shown === undefined) {
    return null;
  }
  const { grid } = outlook;
  const endSeconds = timeAt(grid, grid.length - 1);
  const startSeconds = nowSeconds - SPARKLINE_PAST_SECONDS;
  const spacing = Math.max(1, Math.round((endSeconds - startSeconds) / grid.stepSeconds / SPARKLINE_POINTS));
  const actual = view.actual.get(shown.name);
  const level = (wanted: number) => {
    const row = shown.levels.indexOf(wanted);
    return row < 0 ? undefined : shown.values.subarray(row * grid.length, (row + 1) * grid.length);
  };
  const [lower, median, upper] = [level(0.1), level(0.5), level(0.9)];
  const series: Sparkline = {
    resource: shown.name,
    times: [],
    actual: [],
    lower: [],
    median: [],
    upper: [],
    capacity: [],
  };
  const perReplica = config.series.find((each) => each.name === shown.name)?.perReplica;
  const firstIndex = gridIndexAt(grid, startSeconds);
  for (let index = firstIndex; index < grid.length; index += spacing) {
    const time = timeAt(grid, index);
    const at = (values: Float64Array | undefined) => (index < 0 ? null : rounded(values?.[index]));
    series.times.push(time);
    series.actual.push(actual === undefined ? null : rounded(actual.values[gridIndexAt(actual.grid, time)]));
    series.lower.push(at(lower));
    series.median.push(at(median));
    series.upper.push(at(upper));
    const { replicas } = view;
    const past = replicas?.values[gridIndexAt(replicas.grid, time)];
    series.capacity.push(
      at(shown.capacity) ?? (perReplica === undefined || past === undefined ? null : rounded(past * perReplica))
    );
  }
  return series;
}

function rounded(value: number | undefined): number | null {
  const known = orNull(value);
  return known === null ? null : Number(known.toPrecision(DIGITS));
}

function mostUrgent(outlook: Outlook, demand: string | undefined): SeriesOutlook | undefined {
  const worst = (series: SeriesOutlook) =>
    series.shortfall?.probability.reduce((most, each) => (each > most ? each : most), 0) ?? -1;
  const byDemand = outlook.series.find((each) => each.name === demand) ?? outlook.series[0];
  return outlook.series.reduce(
    (most, each) => (most === undefined || worst(each) > worst(most) + 0.01 ? each : most),
    byDemand
  );
}

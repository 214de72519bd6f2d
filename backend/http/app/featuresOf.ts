import type { FeaturesResponse } from '../../../contract/index.ts';
import { featuredSeries, type FeaturedSeries, type FleetView, type WorkloadView } from '../../control/index.ts';
import {
  CATEGORY_NAMES,
  categoryIndex,
  sizeClass,
  vocabularyOf,
  type Feature,
  type Metadata,
} from '../../features/index.ts';
import { gridIndexAt } from '../../timeseries/index.ts';
import { oneAtATime } from '../oneAtATime.ts';
import { orNull } from './orNull.ts';

/** More instants than this are thinned to a coarser step. */
const MAX_TIMES = 2016;

export interface FeaturesRange {
  /** The series to show, by its name among `featuredSeries`. */
  readonly shown: readonly FeaturedSeries[];
  readonly isWanted: (feature: Feature) => boolean;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** What the latest forecast used, where it is wanted and there is one. */
  readonly importance: FeaturesResponse['importance'];
}

/**
 * The features of a workload's series on one time axis, as `GET /workloads/{name}/features` tells them; made one by
 * one, with a breath after each.
 */
export async function featuresOf(
  fleet: FleetView,
  view: WorkloadView,
  range: FeaturesRange
): Promise<FeaturesResponse> {
  const { config } = view;
  const { stepSeconds } = config.forecast;
  const { startSeconds, endSeconds } = range;
  const step = stepSeconds * Math.max(1, Math.ceil((endSeconds - startSeconds) / stepSeconds / MAX_TIMES));
  const times: number[] = [];
  for (let time = Math.ceil(startSeconds / step) * step; time <= endSeconds; time += step) {
    times.push(time);
  }
  const series: FeaturesResponse['series'] = [];
  for (const featured of range.shown) {
    series.push(await seriesOf(featured, times, range.isWanted));
  }
  const metadata = metadataOf(view);
  const vocabulary = vocabularyOf(fleet.workloads().map(metadataOf));
  return {
    workload: config.name,
    now: fleet.nowSeconds(),
    timeZone: config.account.timeZone,
    step,
    times,
    resources: featuredSeries(view).map(({ name }) => name),
    categories: CATEGORY_NAMES.map((name) => ({
      name,
      value: String(metadata[name] ?? ''),
      index: categoryIndex(vocabulary, name, metadata[name]),
    })),
    events: config.calendar.map((event) => ({ name: event.name, start: event.startSeconds, end: event.endSeconds })),
    series,
    importance: range.importance,
  };
}

async function seriesOf(
  featured: FeaturedSeries,
  times: readonly number[],
  isWanted: FeaturesRange['isWanted']
): Promise<FeaturesResponse['series'][number]> {
  const { grid, values: measured } = featured.measured;
  const features: FeaturesResponse['series'][number]['features'] = [];
  for (const feature of featured.features().filter(isWanted)) {
    const made = await oneAtATime(() => feature.series());
    const { name, group, unit, description, isKnownAhead } = feature;
    features.push({
      name,
      group,
      unit,
      description,
      knownAhead: isKnownAhead,
      values: times.map((time) => orNull(made.values[gridIndexAt(made.grid, time)])),
    });
  }
  return {
    resource: featured.name,
    unit: featured.unit,
    actual: times.map((time) => orNull(measured[gridIndexAt(grid, time)])),
    features,
  };
}

function metadataOf({ config, replicas }: WorkloadView): Metadata {
  const { tier, industry, region } = config.account;
  const size = replicas?.values.findLast((value) => !Number.isNaN(value));
  return { tier, industry, region, size: sizeClass(size) };
}

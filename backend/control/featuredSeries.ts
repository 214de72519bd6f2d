import { seriesFeatures, type Driver, type Feature } from '../features/index.ts';
import type { Series } from '../timeseries/index.ts';
import type { WorkloadView } from './fleetView.ts';

/** One measured series of a workload whose features can be looked at. */
export interface FeaturedSeries {
  /** An activity, a resource, or a part of a split activity as `activity/value`. */
  readonly name: string;
  readonly unit: string;
  readonly measured: Series;
  /** What else its features are made from. */
  readonly drivers: readonly Driver[];
  features(): readonly Feature[];
}

/**
 * The measured series of a workload, activities first, each with the parts of its split after it.
 *
 * A resource's features have the workload's activities and their parts as drivers, an activity's only itself.
 */
export function featuredSeries({ config, actual, parts }: WorkloadView): readonly FeaturedSeries[] {
  const { stepSeconds, horizonSeconds, seasonSeconds } = config.forecast;
  const measured = config.series.flatMap(({ name, kind, unit }) => {
    const whole = actual.get(name);
    if (whole === undefined) {
      return [];
    }
    const split = [...(parts?.get(name) ?? [])].map(([value, series]) => ({ name: `${name}/${value}`, series }));
    return [{ name, series: whole }, ...split].map((each) => ({ ...each, kind, unit }));
  });
  const activities = measured.filter(({ kind }) => kind === 'activity');
  return measured.map((each): FeaturedSeries => {
    const drivers = each.kind === 'activity' ? [each] : activities;
    return {
      name: each.name,
      unit: each.unit,
      measured: each.series,
      drivers,
      features: () =>
        seriesFeatures({
          target: each.series,
          unit: each.unit,
          timeZone: config.account.timeZone,
          events: config.calendar,
          ...(seasonSeconds === undefined ? {} : { seasonSeconds }),
          drivers,
          horizon: Math.round(horizonSeconds / stepSeconds),
        }),
    };
  });
}

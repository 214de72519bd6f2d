import { featuredSeries, type FeaturedSeries, type WorkloadView } from '../../../control/index.ts';
import { calendarFeatures } from '../../../features/index.ts';
import type { Samples } from '../../../promql/index.ts';
import { gridIndexAt, timeAt, type Labels, type Series, type TimeGrid } from '../../../timeseries/index.ts';
import { oneAtATime } from '../../oneAtATime.ts';
import { EMPTY, gridPoints } from './outlookPoints.ts';

/** The last steps whose features are kept, so that asking for the present again and again costs nothing. */
const TAIL_STEPS = 2;

/** One feature of one series, its samples ready. */
export interface FeatureSeries {
  readonly labels: Labels;
  readonly stepSeconds: number;
  readonly samples: Samples;
}

interface Tail {
  readonly drivers: readonly Series[];
  readonly values: ReadonlyMap<string, Series>;
}

const tails = new WeakMap<Series, Tail>();

/**
 * The features of a workload from `fromSeconds` to `toSeconds`, as far as their labels are wanted; made one by one,
 * with a breath after each, so that nobody waits long. Without a span only the labels are told.
 */
export async function featureSeries(
  view: WorkloadView,
  isWanted: (labels: Labels) => boolean,
  span: { readonly fromSeconds: number; readonly toSeconds: number } | undefined
): Promise<readonly FeatureSeries[]> {
  const found: FeatureSeries[] = [];
  for (const featured of featuredSeries(view)) {
    const { grid } = featured.measured;
    const wanted = featured
      .features()
      .map((feature) => ({ feature, labels: { resource: featured.name, feature: feature.name } }))
      .filter(({ labels }) => isWanted(labels));
    if (wanted.length === 0) {
      continue;
    }
    const made = ({ labels }: (typeof wanted)[number], samples: Samples): FeatureSeries => ({
      labels,
      stepSeconds: grid.stepSeconds,
      samples,
    });
    if (span === undefined) {
      found.push(...wanted.map((each) => made(each, EMPTY)));
      continue;
    }
    const read = reader(view, featured, span);
    for (const each of wanted) {
      found.push(made(each, pointsOf(await read(each.feature), span)));
    }
  }
  return found;
}

type WantedFeature = ReturnType<FeaturedSeries['features']>[number];

/** How features are read within a span: the calendar only there, of the present what is kept of it, else in full. */
function reader(
  { config }: WorkloadView,
  featured: FeaturedSeries,
  { fromSeconds, toSeconds }: { readonly fromSeconds: number; readonly toSeconds: number }
): (feature: WantedFeature) => Promise<Series | undefined> {
  const { grid } = featured.measured;
  const horizon = Math.round(config.forecast.horizonSeconds / config.forecast.stepSeconds);
  const first = Math.max(0, gridIndexAt(grid, fromSeconds));
  const last = Math.min(grid.length + horizon - 1, gridIndexAt(grid, toSeconds));
  const part: TimeGrid = { ...grid, startSeconds: timeAt(grid, first), length: Math.max(0, last - first + 1) };
  let calendar: ReadonlyMap<string, Series> | undefined;
  return async (feature) => {
    if (part.length === 0) {
      return undefined;
    }
    if (feature.group === 'calendar') {
      calendar ??= calendarFeatures(part, { timeZone: config.account.timeZone, events: config.calendar });
      return calendar.get(feature.name);
    }
    if (first >= grid.length) {
      return undefined;
    }
    return first >= grid.length - TAIL_STEPS
      ? (await tailOf(featured)).get(feature.name)
      : oneAtATime(() => feature.series());
  };
}

async function tailOf(featured: FeaturedSeries): Promise<ReadonlyMap<string, Series>> {
  const { measured, drivers } = featured;
  const series = drivers.map((driver) => driver.series);
  const known = tails.get(measured);
  if (known?.drivers.length === series.length && known.drivers.every((each, i) => each === series[i])) {
    return known.values;
  }
  const end = measured.grid.length;
  const start = Math.max(0, end - TAIL_STEPS);
  const values = new Map<string, Series>();
  for (const feature of featured.features().filter(({ group }) => group !== 'calendar')) {
    const grid = { ...measured.grid, startSeconds: timeAt(measured.grid, start), length: end - start };
    const made = await oneAtATime(() => feature.series());
    values.set(feature.name, { grid, values: made.values.slice(start, end) });
  }
  tails.set(measured, { drivers: series, values });
  return values;
}

function pointsOf(
  series: Series | undefined,
  { fromSeconds, toSeconds }: { readonly fromSeconds: number; readonly toSeconds: number }
): Samples {
  return series === undefined ? EMPTY : gridPoints(series.grid, series.values, fromSeconds, toSeconds);
}

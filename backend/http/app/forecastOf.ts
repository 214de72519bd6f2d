import type { ForecastResponse, PlanningAggregate } from '../../../contract/index.ts';
import type { Outlook, ScenarioOutlook, SeriesOutlook } from '../../allocation/index.ts';
import { answeringOutlooks, type FleetView, type RangeName, type WorkloadView } from '../../control/index.ts';
import { gridIndexAt, type Series } from '../../timeseries/index.ts';
import { orNull } from './orNull.ts';

/** More instants than this are thinned to a coarser step. */
const MAX_TIMES = 11_000;
/** Capacity is bought for peaks. */
const DEFAULT_AGGREGATE: PlanningAggregate = 'peak';

export interface ForecastQuestion {
  readonly resource: string;
  readonly levels: readonly number[];
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** A range beside the day ahead. */
  readonly range?: RangeName;
  /** Of the planning range. */
  readonly aggregate?: PlanningAggregate;
  /** An earlier outlook, which alone answers from its cutoff on. */
  readonly whole?: Outlook;
  /** What was last foreseen in a scenario that the workload keeps, in place of its baseline. */
  readonly scenario?: ScenarioOutlook;
}

/** What a range says of one resource, and where. */
interface RangeAnswer {
  readonly outlook: Outlook | undefined;
  readonly stepSeconds: number;
  /** The name of the outlook's series. */
  readonly name: string;
  readonly actual: Series | undefined;
  readonly warnings: readonly string[];
}

/** Past and future of one series on one time axis, as `GET /workloads/{name}/forecast` tells it. */
export async function forecastOf(
  fleet: FleetView,
  view: WorkloadView,
  question: ForecastQuestion
): Promise<ForecastResponse> {
  const { config } = view;
  const { startSeconds, endSeconds } = question;
  const { stepSeconds, name, actual, warnings, ...known } = answerOf(view, question);
  const outlook = question.whole ?? known.outlook;
  const series = config.series.find((each) => each.name === question.resource);
  const spans = answeringOutlooks(
    question.whole === undefined ? await fleet.pastOutlooks(config.name, startSeconds, endSeconds, question.range) : [],
    outlook,
    config.scaling.leadTimeSeconds,
    startSeconds,
    endSeconds
  );
  const step = stepSeconds * Math.max(1, Math.ceil((endSeconds - startSeconds) / stepSeconds / MAX_TIMES));
  const first = Math.ceil(startSeconds / step) * step;
  const times: number[] = [];
  for (let time = first; time <= endSeconds; time += step) {
    times.push(time);
  }

  let spanIndex = 0;
  const answering = times.map((time) => {
    while (spanIndex < spans.length && spans[spanIndex]!.toSeconds < time) {
      spanIndex++;
    }
    const span = spans[spanIndex];
    return span !== undefined && span.fromSeconds <= time ? span.outlook : undefined;
  });
  const read = (pick: (series: SeriesOutlook, outlook: Outlook) => Float64Array | undefined) =>
    times.map((time, index) => {
      const source = answering[index];
      const foreseen = source?.series.find((each) => each.name === name);
      return source === undefined || foreseen === undefined
        ? null
        : orNull(pick(foreseen, source)?.[gridIndexAt(source.grid, time)]);
    });
  const replicasAt = (kind: 'committed' | 'reserved' | 'total' | 'burst') =>
    read((_, source) => source.replicas?.[kind]);

  const latest = outlook?.series.find((each) => each.name === name);
  const inScenario = question.scenario === undefined ? undefined : scenarioReader(question.scenario, name, times);
  const foreseenCapacity = read((each) => each.capacity);
  return {
    workload: config.name,
    resource: question.resource,
    unit: series?.unit ?? '',
    range: question.range ?? 'day',
    aggregate: question.range === 'planning' ? (question.aggregate ?? DEFAULT_AGGREGATE) : null,
    ...(question.scenario === undefined ? {} : { scenario: question.scenario.name }),
    issuedAt: outlook?.issuedAtSeconds ?? null,
    now: fleet.nowSeconds(),
    model: latest?.model ?? null,
    step,
    times,
    levels: [...question.levels],
    values: question.levels.map(
      (level) =>
        inScenario?.level(level) ??
        read((each, { grid }) => {
          const row = each.levels.indexOf(level);
          return row < 0 ? undefined : each.values.subarray(row * grid.length, (row + 1) * grid.length);
        })
    ),
    mean: inScenario === undefined ? read((each) => each.mean) : times.map(() => null),
    actual: times.map((time) => (actual === undefined ? null : orNull(actual.values[gridIndexAt(actual.grid, time)]))),
    capacity: times.map((time, index) => {
      const measured =
        question.range === 'planning' ? undefined : view.replicas?.values[gridIndexAt(view.replicas.grid, time)];
      return measured === undefined || Number.isNaN(measured) || series?.perReplica === undefined
        ? (foreseenCapacity[index] ?? null)
        : measured * series.perReplica;
    }),
    shortfallProbability: inScenario?.shortfall() ?? read((each) => each.shortfall?.probability),
    replicas:
      outlook?.replicas === undefined || inScenario !== undefined
        ? null
        : {
            committed: replicasAt('committed'),
            reserved: replicasAt('reserved'),
            total: replicasAt('total'),
            burst: replicasAt('burst'),
          },
    warnings: [...warnings, ...(latest?.warnings ?? [])],
  };
}

/** What is foreseen of a series in a scenario, at some instants; null where nothing is. */
function scenarioReader({ grid, series }: ScenarioOutlook, name: string, times: readonly number[]) {
  const own = series.find((each) => each.name === name);
  const at = (values: Float64Array | undefined): Array<number | null> =>
    times.map((time) => orNull(values?.[gridIndexAt(grid, time)]));
  return {
    level: (level: number) => {
      const row = own?.levels.indexOf(level) ?? -1;
      return at(row < 0 ? undefined : own!.values.subarray(row * grid.length, (row + 1) * grid.length));
    },
    shortfall: () => at(own?.shortfall),
  };
}

function answerOf(
  view: WorkloadView,
  { resource, range, aggregate = DEFAULT_AGGREGATE }: ForecastQuestion
): RangeAnswer {
  if (range === undefined) {
    const { outlook, actual, warnings } = view;
    const { stepSeconds } = view.config.forecast;
    return { outlook, stepSeconds, name: resource, actual: actual.get(resource), warnings };
  }
  const name = range === 'planning' ? `${resource}/${aggregate}` : resource;
  const known = view[range];
  const problem = known?.health.problem ?? undefined;
  const troubles = problem === undefined ? [] : [problem];
  return {
    outlook: known?.outlook,
    stepSeconds: known?.stepSeconds ?? view.config.forecast.stepSeconds,
    name,
    actual: known?.actual.get(name),
    warnings: [...new Set([...troubles, ...(known?.warnings ?? [])])],
  };
}

import type { ForecastResponse } from '../../../contract/index.ts';
import type { Outlook, SeriesOutlook } from '../../allocation/index.ts';
import { answeringOutlooks, type FleetView, type WorkloadView } from '../../control/index.ts';
import { gridIndexAt } from '../../timeseries/index.ts';
import { orNull } from './summarizeWorkload.ts';

/** More instants than this are thinned to a coarser step. */
const MAX_TIMES = 11_000;

export interface ForecastRange {
  readonly resource: string;
  readonly levels: readonly number[];
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Past and future of one series on one time axis, as `GET /workloads/{name}/forecast` tells it. */
export async function forecastOf(
  fleet: FleetView,
  view: WorkloadView,
  range: ForecastRange
): Promise<ForecastResponse> {
  const { config, outlook } = view;
  const series = config.series.find((each) => each.name === range.resource);
  const spans = answeringOutlooks(
    await fleet.pastOutlooks(config.name, range.startSeconds, range.endSeconds),
    outlook,
    config.scaling.leadTimeSeconds,
    range.startSeconds,
    range.endSeconds
  );
  const baseStep = config.forecast.stepSeconds;
  const step = baseStep * Math.max(1, Math.ceil((range.endSeconds - range.startSeconds) / baseStep / MAX_TIMES));
  const first = Math.ceil(range.startSeconds / step) * step;
  const times: number[] = [];
  for (let time = first; time <= range.endSeconds; time += step) {
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
      const foreseen = source?.series.find((each) => each.name === range.resource);
      return source === undefined || foreseen === undefined
        ? null
        : orNull(pick(foreseen, source)?.[gridIndexAt(source.grid, time)]);
    });
  const replicasAt = (kind: 'committed' | 'reserved' | 'total' | 'burst') =>
    read((_, source) => source.replicas?.[kind]);

  const actual = view.actual.get(range.resource);
  const latest = outlook?.series.find((each) => each.name === range.resource);
  const foreseenCapacity = read((each) => each.capacity);
  return {
    workload: config.name,
    resource: range.resource,
    unit: series?.unit ?? '',
    issuedAt: outlook?.issuedAtSeconds ?? null,
    now: fleet.nowSeconds(),
    model: latest?.model ?? null,
    step,
    times,
    levels: [...range.levels],
    values: range.levels.map((level) =>
      read((each, { grid }) => {
        const row = each.levels.indexOf(level);
        return row < 0 ? undefined : each.values.subarray(row * grid.length, (row + 1) * grid.length);
      })
    ),
    mean: read((each) => each.mean),
    actual: times.map((time) => (actual === undefined ? null : orNull(actual.values[gridIndexAt(actual.grid, time)]))),
    capacity: times.map((time, index) => {
      const measured = view.replicas?.values[gridIndexAt(view.replicas.grid, time)];
      return measured === undefined || Number.isNaN(measured) || series?.perReplica === undefined
        ? (foreseenCapacity[index] ?? null)
        : measured * series.perReplica;
    }),
    shortfallProbability: read((each) => each.shortfall?.probability),
    replicas:
      outlook?.replicas === undefined
        ? null
        : {
            committed: replicasAt('committed'),
            reserved: replicasAt('reserved'),
            total: replicasAt('total'),
            burst: replicasAt('burst'),
          },
    warnings: [...view.warnings, ...(latest?.warnings ?? [])],
  };
}

import type { HistoryResult, HistorySource, SourceQuery } from '../../forecasting/index.ts';
import {
  formatDuration,
  gridEnd,
  labelsKey,
  missing,
  observed,
  type Observation,
  type TimeGrid,
} from '../../timeseries/index.ts';
import { averageSamples } from '../averageSamples.ts';
import { checkByError } from '../checkByError.ts';
import { chunkGrid } from '../chunkGrid.ts';
import { placeSamples } from '../placeSamples.ts';
import { SeriesAssembly } from '../seriesAssembly.ts';
import type { SourceDeps } from '../sourceDeps.ts';
import type { FrameSeries } from './frameSeries.ts';
import { GrafanaApi, type GrafanaEntry } from './grafanaApi.ts';
import { queryModel, TEXT_QUERY_TYPES } from './queryModel.ts';

/** Instants a request: Prometheus and Loki behind Grafana refuse more than 11,000. */
const CHUNK_LENGTH = 10_000;
/** How long a value holds for `latest`: Prometheus' lookback. */
const LOOKBACK_SECONDS = 300;

/**
 * History from any Grafana data source, through Grafana and with a service account's token.
 *
 * Samples that do not lie on the grid (log lines, rows) are averaged: the value at t is the mean over (t - step, t].
 */
export class GrafanaSource implements HistorySource {
  readonly name: string;
  readonly #entry: GrafanaEntry;
  readonly #api: GrafanaApi;

  constructor(entry: GrafanaEntry, deps: SourceDeps) {
    this.name = entry.name;
    this.#entry = entry;
    this.#api = new GrafanaApi(entry, deps);
  }

  async history(query: SourceQuery, grid: TimeGrid, signal: AbortSignal): Promise<HistoryResult> {
    signal.throwIfAborted();
    const text = queryText(query);
    const assembly = new SeriesAssembly(grid, { source: this.name, url: this.#api.url, query: text });
    for (const { offset, grid: part } of chunkGrid(grid, CHUNK_LENGTH)) {
      const from = part.startSeconds - part.stepSeconds;
      const { series, notices } = await this.#api.query(this.#model(query, part), from, gridEnd(part), text, signal);
      notices.forEach((notice) => {
        assembly.warn(notice);
      });
      for (const one of mergeByLabels(series)) {
        assembly.write(one.labels, offset, this.#place(part, one, assembly));
      }
    }
    return assembly.result(query.by);
  }

  async latest(query: SourceQuery, timeSeconds: number, signal: AbortSignal): Promise<Observation> {
    signal.throwIfAborted();
    const grid = { startSeconds: timeSeconds, stepSeconds: 60, length: 1 };
    const from = timeSeconds - LOOKBACK_SECONDS;
    const { series } = await this.#api.query(this.#model(query, grid), from, timeSeconds, queryText(query), signal);
    const merged = mergeByLabels(series);
    if (merged.length > 1) {
      return missing(`the query has ${merged.length} series where one is expected`);
    }
    let latest: { time: number; value: number } | undefined;
    merged[0]?.timesSeconds.forEach((time, index) => {
      const value = merged[0]!.values[index]!;
      const isCandidate = Number.isFinite(value) && time <= timeSeconds && time > from;
      if (isCandidate && (latest === undefined || time >= latest.time)) {
        latest = { time, value };
      }
    });
    return latest === undefined
      ? missing(`the query has no value in the ${formatDuration(LOOKBACK_SECONDS)} before`)
      : observed(latest.value);
  }

  async check(signal: AbortSignal): Promise<{ readonly isHealthy: boolean; readonly problem?: string }> {
    return checkByError(signal, () => this.#api.checkHealth(signal));
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  #model(query: SourceQuery, grid: TimeGrid): Readonly<Record<string, unknown>> {
    const model = queryModel(query.query, this.#entry.datasource, grid);
    if (model === undefined) {
      const known = TEXT_QUERY_TYPES.join(', ');
      const reason = `a query as text is known for ${known}, not for ${this.#entry.datasource.type}: give the query model`;
      throw this.#api.error('SOURCE_QUERY_INVALID', { query: queryText(query), reason });
    }
    return model;
  }

  #place(grid: TimeGrid, { timesSeconds, values }: FrameSeries, assembly: SeriesAssembly): Float64Array {
    const placement = placeSamples(grid, timesSeconds, values);
    if (placement.offGridCount > 0) {
      const step = formatDuration(grid.stepSeconds);
      assembly.warn(`samples lie between the instants asked for: each value is the mean over the ${step} before it`);
      return averageSamples(grid, timesSeconds, values);
    }
    if (placement.conflictCount > 0) {
      assembly.warn(`${placement.conflictCount} sample(s) came twice with different values; the later one was taken`);
    }
    return placement.values;
  }
}

/** Frames of equal labels are parts of one series. */
function mergeByLabels(series: readonly FrameSeries[]): readonly FrameSeries[] {
  const merged = new Map<string, FrameSeries>();
  for (const { labels, timesSeconds, values } of series) {
    const key = labelsKey(labels);
    const former = merged.get(key);
    merged.set(key, {
      labels,
      timesSeconds: [...(former?.timesSeconds ?? []), ...timesSeconds],
      values: [...(former?.values ?? []), ...values],
    });
  }
  return [...merged.values()];
}

function queryText(query: SourceQuery): string {
  return typeof query.query === 'string' ? query.query : JSON.stringify(query.query);
}

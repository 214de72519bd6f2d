import { HeadroomError } from '../../errors/index.ts';
import type { HistoryResult, HistorySource, SourceQuery } from '../../forecasting/index.ts';
import { gridEnd, missing, observed, type Labels, type Observation, type TimeGrid } from '../../timeseries/index.ts';
import { checkByError } from '../checkByError.ts';
import { chunkGrid, type GridChunk } from '../chunkGrid.ts';
import type { HttpAccess } from '../http/httpAccess.ts';
import { placeSamples } from '../placeSamples.ts';
import { SeriesAssembly } from '../seriesAssembly.ts';
import type { SourceDeps } from '../sourceDeps.ts';
import { PrometheusApi } from './prometheusApi.ts';

/** Instants a request; Prometheus refuses more than 11,000. */
const CHUNK_LENGTH = 10_000;
/** A chunk this short whose answer is still too large is not cut further. */
const LEAST_CHUNK_LENGTH = 50;
/** Series are told of where they were there in the last hour. */
const LABELS_SECONDS = 3600;

/** History from Prometheus, or whatever speaks its query API (Mimir, Thanos, VictoriaMetrics). */
export class PrometheusSource implements HistorySource {
  readonly name: string;
  readonly #api: PrometheusApi;
  readonly #nowSeconds: () => number;

  constructor(access: HttpAccess, deps: SourceDeps) {
    this.name = access.name;
    this.#api = new PrometheusApi(access, deps);
    this.#nowSeconds = deps.nowSeconds;
  }

  async history(query: SourceQuery, grid: TimeGrid, signal: AbortSignal): Promise<HistoryResult> {
    signal.throwIfAborted();
    const promql = this.#text(query);
    const assembly = new SeriesAssembly(grid, { source: this.name, url: this.#api.url, query: promql });
    for (const chunk of chunkGrid(grid, CHUNK_LENGTH)) {
      await this.#readChunk(promql, chunk, assembly, signal);
    }
    return assembly.result(query.by);
  }

  async latest(query: SourceQuery, timeSeconds: number, signal: AbortSignal): Promise<Observation> {
    signal.throwIfAborted();
    const promql = this.#text(query);
    const { data } = await this.#api.ask('query', promql, { time: String(timeSeconds) }, signal);
    if (data.resultType === 'scalar') {
      return this.#observation(data.result);
    }
    if (data.resultType !== 'vector') {
      throw this.#api.invalidQuery(promql, `it gives a ${data.resultType}, not one number`);
    }
    const [first, ...others] = data.result;
    if (first === undefined) {
      return missing('the query has no sample there');
    }
    if (others.length > 0) {
      return missing(`the query has ${data.result.length} series where one is expected`);
    }
    return first.value === undefined && first.histogram !== undefined
      ? missing('the query gives a native histogram, not a number')
      : this.#observation(first.value);
  }

  async check(signal: AbortSignal): Promise<{ readonly isHealthy: boolean; readonly problem?: string }> {
    return checkByError(signal, async () => {
      const { data } = await this.#api.ask('query', 'vector(1)', {}, signal);
      if (data.resultType !== 'vector' || this.#api.sample(data.result[0]?.value)[1] !== 1) {
        throw this.#api.invalidAnswer('it does not say that vector(1) is 1');
      }
    });
  }

  names(signal: AbortSignal): Promise<readonly string[]> {
    return this.#api.metricNames(signal);
  }

  labelSets(metric: string, limit: number, signal: AbortSignal): Promise<readonly Labels[]> {
    const endSeconds = Math.floor(this.#nowSeconds());
    const stretch = { startSeconds: endSeconds - LABELS_SECONDS, endSeconds, limit };
    return this.#api.series(`{__name__=${JSON.stringify(metric)}}`, stretch, signal);
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  async #readChunk(promql: string, chunk: GridChunk, assembly: SeriesAssembly, signal: AbortSignal): Promise<void> {
    const { startSeconds, stepSeconds, length } = chunk.grid;
    const range = { start: String(startSeconds), end: String(gridEnd(chunk.grid)), step: String(stepSeconds) };
    let answer;
    try {
      answer = await this.#api.ask('query_range', promql, range, signal);
    } catch (error) {
      const isTooLarge = error instanceof HeadroomError && error.code === 'SOURCE_ANSWER_TOO_LARGE';
      if (!isTooLarge || length <= LEAST_CHUNK_LENGTH) {
        throw error;
      }
      for (const half of chunkGrid(chunk.grid, Math.ceil(length / 2))) {
        await this.#readChunk(promql, { offset: chunk.offset + half.offset, grid: half.grid }, assembly, signal);
      }
      return;
    }
    if (answer.data.resultType !== 'matrix') {
      throw this.#api.invalidAnswer(`a range query gave a ${answer.data.resultType}`);
    }
    for (const { metric, values, histograms } of answer.data.result) {
      if (values === undefined && histograms !== undefined) {
        const reason = 'it gives native histograms: take a number, for example with histogram_quantile(0.99, ...)';
        throw this.#api.invalidQuery(promql, reason);
      }
      assembly.write(metric, chunk.offset, this.#place(chunk.grid, values ?? [], assembly));
    }
    answer.warnings.forEach((warning) => {
      assembly.warn(warning);
    });
  }

  #place(grid: TimeGrid, samples: readonly unknown[], assembly: SeriesAssembly): Float64Array {
    const times = new Float64Array(samples.length);
    const values = new Float64Array(samples.length);
    samples.forEach((sample, index) => {
      const [time, value] = this.#api.sample(sample);
      times[index] = time;
      values[index] = value;
    });
    const { values: placed, offGridCount, conflictCount } = placeSamples(grid, times, values);
    if (offGridCount > 0) {
      throw this.#api.invalidAnswer(`${offGridCount} sample(s) lie between the instants asked for`);
    }
    if (conflictCount > 0) {
      assembly.warn(`${conflictCount} sample(s) came twice with different values; the later one was taken`);
    }
    return placed;
  }

  #observation(sample: unknown): Observation {
    const [, value] = this.#api.sample(sample);
    return Number.isNaN(value) ? missing('the value is not a finite number') : observed(value);
  }

  #text(query: SourceQuery): string {
    if (typeof query.query !== 'string') {
      throw this.#api.invalidQuery(JSON.stringify(query.query), 'a Prometheus source takes PromQL as text');
    }
    return query.query;
  }
}

import type { SourceEntry } from '../../../contract/index.ts';
import { HeadroomError, type ErrorCode, type ErrorDetails } from '../../errors/index.ts';
import { HttpClient } from '../http/httpClient.ts';
import { shownUrl, sourceUrl } from '../http/sourceUrl.ts';
import { redact } from '../http/redact.ts';
import type { SourceDeps } from '../sourceDeps.ts';
import { frameSeries, type FrameSeries } from './frameSeries.ts';
import { grafanaAnswerSchema, grafanaHealthSchema, grafanaReason } from './grafanaAnswer.ts';

export type GrafanaEntry = Extract<SourceEntry, { type: 'grafana' }>;

export interface GrafanaResultSet {
  readonly series: readonly FrameSeries[];
  /** Notices of the data source. */
  readonly notices: readonly string[];
}

/** One data source behind one Grafana: parsed answers, coded errors with Grafana's own words. */
export class GrafanaApi {
  readonly #entry: GrafanaEntry;
  readonly #client: HttpClient;

  constructor(entry: GrafanaEntry, deps: SourceDeps) {
    this.#entry = entry;
    this.#client = new HttpClient(entry, deps, grafanaReason);
  }

  get url(): string {
    return shownUrl(sourceUrl(this.#entry, ''));
  }

  /** Runs one query model (refId A) over [from, to], in epoch seconds. */
  async query(
    model: Readonly<Record<string, unknown>>,
    fromSeconds: number,
    toSeconds: number,
    queryText: string,
    signal: AbortSignal
  ): Promise<GrafanaResultSet> {
    const range = { from: String(Math.round(fromSeconds * 1000)), to: String(Math.round(toSeconds * 1000)) };
    const body = { mediaType: 'application/json', text: JSON.stringify({ ...range, queries: [model] }) };
    const json = await this.#client.send({ method: 'POST', path: '/api/ds/query', body, query: queryText }, signal);
    const parsed = grafanaAnswerSchema.safeParse(json);
    const result = parsed.data?.results['A'];
    if (result === undefined) {
      const [issue] = parsed.error?.issues ?? [];
      const where = issue === undefined ? 'it has no result A' : `${issue.path.join('.')}: ${issue.message}`;
      throw this.error('SOURCE_ANSWER_INVALID', { problem: `it is not one of Grafana's query API (${where})` });
    }
    if (result.error !== undefined) {
      throw this.error('SOURCE_QUERY_INVALID', { query: queryText, reason: redact(result.error, []) });
    }
    const frames = result.frames ?? [];
    const series = frames.flatMap((frame) => {
      const reading = frameSeries(frame);
      if (reading.kind === 'unreadable') {
        throw this.error('SOURCE_QUERY_INVALID', { query: queryText, reason: reading.problem });
      }
      return reading.series;
    });
    return { series, notices: frames.flatMap(({ schema }) => schema.meta?.notices?.map(({ text }) => text) ?? []) };
  }

  /** Grafana's own health check of the data source; one without such a check passes. */
  async checkHealth(signal: AbortSignal): Promise<void> {
    const path = `/api/datasources/uid/${encodeURIComponent(this.#entry.datasource.uid)}/health`;
    let health;
    try {
      health = grafanaHealthSchema.safeParse(await this.#client.send({ method: 'GET', path, query: 'health' }, signal));
    } catch (error) {
      const isWithoutCheck =
        error instanceof HeadroomError &&
        error.code === 'SOURCE_ENDPOINT_MISSING' &&
        /not implemented/i.test(String(error.details['reason']));
      if (isWithoutCheck) {
        return;
      }
      throw error;
    }
    if (health.data === undefined) {
      throw this.error('SOURCE_ANSWER_INVALID', { problem: 'it is no health check of a Grafana data source' });
    }
    if (health.data.status !== 'OK') {
      const reason = health.data.message ?? health.data.status;
      throw this.error('SOURCE_UNAVAILABLE', { httpStatus: 200, reason });
    }
  }

  error(code: ErrorCode, details: ErrorDetails): HeadroomError {
    return new HeadroomError(code, { source: this.#entry.name, url: this.url, ...details });
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}

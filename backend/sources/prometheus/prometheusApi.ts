import { HeadroomError, type ErrorCode, type ErrorDetails } from '../../errors/index.ts';
import { HttpClient } from '../http/httpClient.ts';
import type { HttpAccess } from '../http/httpAccess.ts';
import { shownUrl, sourceUrl } from '../http/sourceUrl.ts';
import type { SourceDeps } from '../sourceDeps.ts';
import { parseSample } from './parseSample.ts';
import {
  labelValuesAnswerSchema,
  prometheusAnswerSchema,
  prometheusReason,
  seriesAnswerSchema,
  type PrometheusAnswer,
} from './prometheusAnswer.ts';

export interface PrometheusResult {
  readonly data: NonNullable<PrometheusAnswer['data']>;
  /** Warnings and infos of the server. */
  readonly warnings: readonly string[];
}

/** The query API of one Prometheus: parsed answers, coded errors with the server's own words. */
export class PrometheusApi {
  readonly #access: HttpAccess;
  readonly #client: HttpClient;
  /** GET once the server has refused POST, which some read-only proxies do. */
  #method: 'GET' | 'POST' = 'POST';

  constructor(access: HttpAccess, deps: SourceDeps) {
    this.#access = access;
    this.#client = new HttpClient(access, deps, prometheusReason);
  }

  get url(): string {
    return shownUrl(sourceUrl(this.#access, ''));
  }

  async ask(
    endpoint: 'query' | 'query_range',
    promql: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal
  ): Promise<PrometheusResult> {
    const form = new URLSearchParams({ query: promql, ...parameters });
    const parsed = prometheusAnswerSchema.safeParse(await this.#request(`/api/v1/${endpoint}`, form, promql, signal));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue?.path.join('.') ?? '';
      throw this.invalidAnswer(
        `it is not one of Prometheus' query API (${where === '' ? 'the whole' : where}: ${issue?.message ?? 'unknown'})`
      );
    }
    const { status, data, error, warnings, infos } = parsed.data;
    if (status === 'error') {
      throw this.invalidQuery(promql, error ?? 'no reason given');
    }
    if (data === undefined || data === null) {
      throw this.invalidAnswer('it has no data');
    }
    return { data, warnings: [...(warnings ?? []), ...(infos ?? [])] };
  }

  /** The names of all metrics. */
  async metricNames(signal: AbortSignal): Promise<readonly string[]> {
    const path = '/api/v1/label/__name__/values';
    const parsed = labelValuesAnswerSchema.safeParse(
      await this.#client.send({ method: 'GET', path, query: '' }, signal)
    );
    if (!parsed.success || parsed.data.status === 'error') {
      throw this.invalidAnswer("it is not one of Prometheus' label values");
    }
    return parsed.data.data ?? [];
  }

  /** The label sets of the series that `selector` matches in a stretch of time, `limit` at most where the server knows it. */
  async series(
    selector: string,
    {
      startSeconds,
      endSeconds,
      limit,
    }: { readonly startSeconds: number; readonly endSeconds: number; readonly limit: number },
    signal: AbortSignal
  ): Promise<ReadonlyArray<Readonly<Record<string, string>>>> {
    const range = { start: String(startSeconds), end: String(endSeconds), limit: String(limit) };
    const form = new URLSearchParams({ 'match[]': selector, ...range });
    const parsed = seriesAnswerSchema.safeParse(await this.#request('/api/v1/series', form, selector, signal));
    if (!parsed.success || parsed.data.status === 'error') {
      throw this.invalidAnswer("it is not one of Prometheus' series");
    }
    return (parsed.data.data ?? []).slice(0, limit);
  }

  /** One sample, as times and values see it. Throws SOURCE_ANSWER_INVALID. */
  sample(sample: unknown): readonly [timeSeconds: number, value: number] {
    const parsed = parseSample(sample);
    if (parsed === undefined) {
      throw this.invalidAnswer(
        `a sample is ${(sample === undefined ? 'missing' : JSON.stringify(sample)).slice(0, 80)}`
      );
    }
    return parsed;
  }

  invalidQuery(query: string, reason: string): HeadroomError {
    return this.#error('SOURCE_QUERY_INVALID', { query, reason });
  }

  invalidAnswer(problem: string): HeadroomError {
    return this.#error('SOURCE_ANSWER_INVALID', { problem });
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #request(path: string, form: URLSearchParams, query: string, signal: AbortSignal): Promise<unknown> {
    if (this.#method === 'POST') {
      try {
        const body = { mediaType: 'application/x-www-form-urlencoded', text: form.toString() };
        return await this.#client.send({ method: 'POST', path, body, query }, signal);
      } catch (error) {
        if (!(error instanceof HeadroomError) || error.details['httpStatus'] !== 405) {
          throw error;
        }
        this.#method = 'GET';
      }
    }
    return this.#client.send({ method: 'GET', path, form, query }, signal);
  }

  #error(code: ErrorCode, details: ErrorDetails): HeadroomError {
    return new HeadroomError(code, { source: this.#access.name, url: this.url, ...details });
  }
}

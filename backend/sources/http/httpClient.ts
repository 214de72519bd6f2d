import { setTimeout as sleepMs } from 'node:timers/promises';
import { fetch, Headers, type Response } from 'undici';
import { HeadroomError, type ErrorDetails } from '../../errors/index.ts';
import {
  describeFailure,
  parseRetryAfter,
  readText,
  retryDelay,
  TimeoutReached,
  withTimeout,
} from '../../network/index.ts';
import { formatDuration, parseDurationSeconds } from '../../timeseries/index.ts';
import type { SourceDeps } from '../sourceDeps.ts';
import { classifyStatus, type Failure } from './classifyStatus.ts';
import { readCredentials, type Credentials } from './credentials.ts';
import type { HttpAccess } from './httpAccess.ts';
import { redact } from './redact.ts';
import { RequestGate } from './requestGate.ts';
import { shownUrl, sourceUrl } from './sourceUrl.ts';
import { TlsAgent } from './tlsAgent.ts';

const DEFAULT_TIMEOUT_SECONDS = 30;
const TRIES = 3;
const TLS_HINTS = { authority: 'give tls.caFile', serverName: 'give tls.serverName' };
/** Of a body after decompression: what JSON.parse takes without holding up the process for long. */
export const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Below the source's url, beginning with a slash. */
  readonly path: string;
  /** Added to the url. */
  readonly form?: URLSearchParams;
  readonly body?: { readonly mediaType: string; readonly text: string };
  /** The query in the source's language, for messages. */
  readonly query: string;
}

type Outcome = { readonly kind: 'answer'; readonly json: unknown } | ({ readonly kind: 'failure' } & Failure);

/**
 * Asks one source over HTTP for JSON: queued, timed, retried where that may help, every failure coded and free of
 * secrets. An aborted request rejects with its signal's reason.
 */
export class HttpClient {
  readonly #access: HttpAccess;
  readonly #deps: SourceDeps;
  readonly #gate: RequestGate;
  readonly #tls: TlsAgent;
  readonly #timeoutSeconds: number;
  readonly #reasonOf: (json: unknown) => string | undefined;

  /** `reasonOf` finds the source's own words in the body of an error answer. */
  constructor(access: HttpAccess, deps: SourceDeps, reasonOf: (json: unknown) => string | undefined) {
    this.#access = access;
    this.#deps = deps;
    this.#gate = new RequestGate(access.name);
    this.#tls = new TlsAgent(access, deps.directory ?? '.');
    this.#timeoutSeconds = parseDurationSeconds(access.timeout ?? '') || DEFAULT_TIMEOUT_SECONDS;
    this.#reasonOf = reasonOf;
  }

  /** The parsed body of a successful answer. */
  send(request: HttpRequest, signal: AbortSignal): Promise<unknown> {
    return this.#gate.run((either, isProbe) => this.#tryUntil(isProbe ? 1 : TRIES, request, either), signal);
  }

  async close(): Promise<void> {
    this.#gate.close();
    await this.#tls.destroy();
  }

  async #tryUntil(tries: number, request: HttpRequest, signal: AbortSignal): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#tryOnce(request, signal);
      if (outcome.kind === 'answer') {
        return outcome.json;
      }
      if (!outcome.isTransient || attempt + 1 >= tries) {
        throw outcome.error;
      }
      await this.#sleep(retryDelay(attempt, this.#deps.random, outcome.retryAfterSeconds), signal);
    }
  }

  async #tryOnce(request: HttpRequest, signal: AbortSignal): Promise<Outcome> {
    const url = sourceUrl(this.#access, request.path);
    request.form?.forEach((value, name) => {
      url.searchParams.append(name, value);
    });
    const credentials = readCredentials(this.#access, this.#deps.env);
    const headers = this.#headers(request, credentials);
    const dispatcher = await this.#tls.agent();
    try {
      return await withTimeout(this.#timeoutSeconds, signal, async (cut) => {
        const response = await fetch(url, {
          method: request.method,
          headers,
          body: request.body?.text ?? null,
          dispatcher,
          signal: cut,
          redirect: 'manual',
        });
        return await this.#read(response, request, url, credentials);
      });
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'failure', isTransient: true, error: this.#connectionError(error, url) };
    }
  }

  async #read(response: Response, request: HttpRequest, url: URL, credentials: Credentials): Promise<Outcome> {
    const text = await readText(response.body as AsyncIterable<Uint8Array> | null, BODY_LIMIT_BYTES);
    if (text === undefined) {
      const problem = `it has more than ${BODY_LIMIT_BYTES / 1024 / 1024} MiB`;
      return this.#failure('SOURCE_ANSWER_TOO_LARGE', url, { problem });
    }
    const json = parseJson(text);
    if (response.ok && json !== undefined) {
      return { kind: 'answer', json };
    }
    if (response.ok) {
      const isHtml = /^\s*</.test(text);
      const problem = isHtml
        ? 'it is a web page, not JSON'
        : `it is not JSON: ${redact(text.slice(0, 80), credentials.secrets)}`;
      return this.#failure('SOURCE_ANSWER_INVALID', url, { problem: text === '' ? 'it is empty' : problem });
    }
    const location = response.headers.get('location');
    const failure = classifyStatus({
      source: this.#access.name,
      url: shownUrl(url),
      httpStatus: response.status,
      reason: redact(this.#reasonOf(json) ?? response.statusText, credentials.secrets) || 'no reason given',
      location: location === null ? undefined : redact(location, credentials.secrets),
      credentials: credentials.description,
      query: request.query,
      endpoint: request.path,
    });
    const retryAfterSeconds = parseRetryAfter(response.headers.get('retry-after'), this.#deps.nowSeconds());
    return { kind: 'failure', ...failure, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }

  #headers(request: HttpRequest, credentials: Credentials): Headers {
    const headers = new Headers({ accept: 'application/json', 'user-agent': 'headroom' });
    for (const [name, value] of Object.entries(this.#access.headers ?? {})) {
      try {
        headers.set(name, value);
      } catch {
        const problem = `the header ${JSON.stringify(name)} or its value is not possible in HTTP`;
        throw new HeadroomError('SOURCE_SETTINGS_INVALID', { source: this.#access.name, problem });
      }
    }
    if (request.body !== undefined) {
      headers.set('content-type', request.body.mediaType);
    }
    if (credentials.authorization !== undefined) {
      headers.set('authorization', credentials.authorization);
    }
    return headers;
  }

  #connectionError(error: unknown, url: URL): HeadroomError {
    const at = { source: this.#access.name, url: shownUrl(url) };
    return error instanceof TimeoutReached
      ? new HeadroomError('SOURCE_TIMEOUT', { ...at, timeout: formatDuration(this.#timeoutSeconds) })
      : new HeadroomError('SOURCE_UNREACHABLE', { ...at, reason: describeFailure(error, TLS_HINTS) });
  }

  #failure(code: 'SOURCE_ANSWER_TOO_LARGE' | 'SOURCE_ANSWER_INVALID', url: URL, details: ErrorDetails): Outcome {
    const error = new HeadroomError(code, { source: this.#access.name, url: shownUrl(url), ...details });
    return { kind: 'failure', isTransient: false, error };
  }

  async #sleep(seconds: number, signal: AbortSignal): Promise<void> {
    if (this.#deps.sleep !== undefined) {
      await this.#deps.sleep(seconds, signal);
      return;
    }
    await sleepMs(seconds * 1000, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

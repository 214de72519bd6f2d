import { isFetchError } from '@grafana/runtime';
import { takeEarly } from './early';
import { failureOf, SidecarError } from './failure';
import { fetchSidecar } from './fetchSidecar';
import { permissionOf, type ProxyRoute } from './proxyRoute';

const DEFAULT_TIMEOUT_SECONDS = 30;

/** Reads an answer once at the door: a contract schema, or anything with its `safeParse`. */
export interface Reader<T> {
  safeParse(
    value: unknown
  ): { readonly success: true; readonly data: T } | { readonly success: false; readonly error: ReadError };
}

interface ReadError {
  readonly issues: ReadonlyArray<{ readonly path: readonly PropertyKey[]; readonly message: string }>;
}

export interface Question<T> {
  /** Below the sidecar's root: `api/v1/workloads`, `readyz`. */
  readonly path: string;
  readonly reader: Reader<T>;
  /** Default `sidecar`, which reads; what changes something goes by the route of the permission it needs. */
  readonly route?: ProxyRoute;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly params?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default JSON, or text where it is none. */
  readonly responseType?: 'text';
  readonly signal?: AbortSignal;
  readonly timeoutSeconds?: number;
  /** A status that is an answer, too, although it is no success. */
  readonly acceptStatus?: number;
}

export interface Answer<T> {
  readonly value: T;
  /** Null where the answer has no such header. */
  readonly header: (name: string) => string | null;
}

/**
 * Asks the sidecar through Grafana's proxy, which adds the token that the browser never sees.
 * Rejects with `SidecarError`, or with an `AbortError` when `signal` was aborted.
 */
export async function ask<T>(question: Question<T>): Promise<T> {
  return (await askWhole(question)).value;
}

/** The same with the answer's headers. */
export async function askWhole<T>(question: Question<T>): Promise<Answer<T>> {
  const { path, reader, route = 'sidecar', method = 'GET', params, body, headers, responseType, signal } = question;
  const { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = question;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal?.addEventListener('abort', abort, { once: true });
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    controller.abort();
  }, timeoutSeconds * 1000);
  try {
    const early = method === 'GET' && route === 'sidecar' ? takeEarly({ path, params }) : undefined;
    const response = await (early ??
      fetchSidecar(route, path, {
        method,
        params: definedOnly(params),
        data: body,
        headers: headers === undefined ? undefined : { ...headers },
        responseType,
        abortSignal: controller.signal,
      }));
    signal?.throwIfAborted();
    const value = read(reader, response.data, response.status);
    return { value, header: (name) => response.headers.get(name) };
  } catch (thrown) {
    if (isTimedOut) {
      throw new SidecarError({ kind: 'timeout', seconds: timeoutSeconds });
    }
    signal?.throwIfAborted();
    if (isFetchError<unknown>(thrown) && thrown.status === question.acceptStatus) {
      const accepted = reader.safeParse(thrown.data);
      if (accepted.success) {
        return { value: accepted.data, header: () => null };
      }
    }
    throw new SidecarError(failureOf(thrown, permissionOf(route)));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

function read<T>(reader: Reader<T>, data: unknown, status: number): T {
  const parsed = reader.safeParse(data);
  if (!parsed.success) {
    throw new SidecarError({ kind: 'unexpected', status, detail: firstIssue(parsed.error) });
  }
  return parsed.data;
}

function firstIssue({ issues: [issue] }: ReadError): string {
  return issue === undefined ? '' : `${issue.path.length === 0 ? 'answer' : issue.path.join('.')}: ${issue.message}`;
}

function definedOnly(params: Question<unknown>['params']): Record<string, string | number> | undefined {
  if (params === undefined) {
    return undefined;
  }
  const kept: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(params)) {
    if (value !== undefined) {
      kept[key] = value;
    }
  }
  return kept;
}

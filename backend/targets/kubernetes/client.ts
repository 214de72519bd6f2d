import { HeadroomError } from '../../errors/index.ts';
import { describeFailure, TimeoutReached, withTimeout } from '../../network/index.ts';
import { formatDuration } from '../../timeseries/index.ts';
import type { ClusterAccess, ClusterCredentials } from './clusterAccess.ts';
import { exchange, type Exchange } from './exchange.ts';
import { shownText } from './shownText.ts';
import { statusError } from './statusError.ts';

export const FIELD_MANAGER = 'headroom';

export interface KubernetesRequest {
  /** For messages: the target on whose behalf is asked. */
  readonly target: string;
  /** From the root of the API server, each name in it encoded, such as `/apis/autoscaling/v2/namespaces/shop/...`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface KubernetesPatch extends KubernetesRequest {
  readonly type: 'json' | 'merge' | 'apply';
  readonly body: unknown;
  /** The server admits, validates and answers, and keeps nothing. */
  readonly isDryRun?: boolean;
}

export interface KubernetesAnswer {
  readonly json: unknown;
  /** The server's own warnings. */
  readonly warnings: readonly string[];
}

/**
 * An API server of Kubernetes, as far as targets need it: one request, one answer, no retries but for one after renewed
 * credentials.
 *
 * Errors: TARGET_UNREACHABLE, TARGET_TIMEOUT, TARGET_FORBIDDEN (401, 403), TARGET_GONE (404, 410), TARGET_CONFLICT (409),
 * TARGET_REFUSED (400, 422), TARGET_THROTTLED (429), TARGET_FAILED (all else, and answers that are no JSON); an abort
 * rejects with the signal's reason.
 */
export interface KubernetesClient {
  get(request: KubernetesRequest): Promise<KubernetesAnswer>;
  patch(request: KubernetesPatch): Promise<KubernetesAnswer>;
  close(): void;
}

const PATCH_TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** A client over the way to a server; `timeoutSeconds` is for one request, default 10. */
export function kubernetesClient(access: ClusterAccess, timeoutSeconds = 10): KubernetesClient {
  const once = async (
    { target, path, query = {}, signal }: KubernetesRequest,
    method: string,
    credentials: ClusterCredentials,
    sent?: { readonly type: string; readonly text: string }
  ): Promise<Exchange> => {
    const url = new URL(`${access.server}${path}`);
    url.search = new URLSearchParams(query).toString();
    const headers = {
      accept: 'application/json',
      'user-agent': FIELD_MANAGER,
      ...(sent === undefined ? {} : { 'content-type': sent.type }),
    };
    const body = sent === undefined ? {} : { body: sent.text };
    try {
      return await withTimeout(timeoutSeconds, signal, (timed) =>
        exchange(url, { method, headers, credentials, ...body, signal: timed })
      );
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TimeoutReached) {
        throw new HeadroomError('TARGET_TIMEOUT', { target, timeout: formatDuration(timeoutSeconds) });
      }
      throw new HeadroomError('TARGET_UNREACHABLE', { target, reason: describeFailure(error) });
    }
  };

  const send = async (
    request: KubernetesRequest,
    method: string,
    sent?: { readonly type: string; readonly text: string }
  ): Promise<KubernetesAnswer> => {
    request.signal.throwIfAborted();
    let credentials = await access.credentials();
    let answer = await once(request, method, credentials, sent);
    if (answer.status === 401) {
      await access.renew();
      credentials = await access.credentials();
      answer = await once(request, method, credentials, sent);
    }
    const { target } = request;
    const json = parseJson(answer.text);
    if (answer.status < 200 || answer.status > 299) {
      throw statusError(target, answer, shownText(messageOf(json), credentials.secrets));
    }
    if (json === undefined) {
      throw new HeadroomError('TARGET_FAILED', { target, reason: 'its answer is no JSON' });
    }
    return { json, warnings: warningsOf(answer).map((text) => shownText(text, credentials.secrets)) };
  };

  return {
    get: (request) => send(request, 'GET'),
    patch: ({ type, body, isDryRun = false, query = {}, ...request }) =>
      send(
        { ...request, query: { ...query, fieldManager: FIELD_MANAGER, ...(isDryRun ? { dryRun: 'All' } : {}) } },
        'PATCH',
        { type: PATCH_TYPES[type], text: JSON.stringify(body) }
      ),
    close() {
      access.close();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The words of a Status; nothing of an answer that is none, which may be a stranger's page. */
function messageOf(json: unknown): string {
  return typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string'
    ? json.message
    : '';
}

/** The texts of the `Warning` headers (RFC 7234: code, agent, quoted text), which Kubernetes sends with code 299. */
function warningsOf({ headers }: Exchange): readonly string[] {
  const { warning } = headers;
  const text = typeof warning === 'string' ? warning : (warning?.join(', ') ?? '');
  return [...text.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted]) => quoted!.replaceAll(/\\(.)/g, '$1'));
}

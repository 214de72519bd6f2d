import { AppEvents, urlUtil } from '@grafana/data';
import { type BackendSrv, type BackendSrvRequest, type FetchError, type FetchResponse } from '@grafana/runtime';
import { lastValueFrom, Observable } from 'rxjs';
import { PLUGIN_ID } from '../pluginId.ts';
import { appEvents } from './appEvents.ts';
import { readAppSettings, saveAppSettings } from './appSettings.ts';

const ANNOTATIONS_PATH = '/api/annotations';
const SETTINGS_PATH = `/api/plugins/${PLUGIN_ID}/settings`;

type Settings = Parameters<typeof saveAppSettings>[0];

/**
 * Grafana's BackendSrv over `fetch`, with its semantics: an Observable that is cold and aborts when unsubscribed, a
 * `FetchError` for every status outside 2xx, a `requestId` that cancels the earlier request of that name, an alert for
 * errors unless `showErrorAlert` is false. The app's settings are answered here, and that there are no annotations: there is no Grafana to
 * keep them.
 */
export class WorkbenchBackendSrv implements BackendSrv {
  private readonly running = new Map<string, AbortController>();

  fetch<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
    return new Observable((subscriber) => {
      const abort = new AbortController();
      if (options.requestId !== undefined) {
        this.running.get(options.requestId)?.abort();
        this.running.set(options.requestId, abort);
      }
      options.abortSignal?.addEventListener('abort', () => abort.abort());
      this.send<T>(options, abort.signal).then(
        (response) => {
          subscriber.next(response);
          subscriber.complete();
        },
        (error: unknown) => {
          if (!subscriber.closed) {
            tellOfError(options, error);
            subscriber.error(error);
          }
        }
      );
      return () => {
        if (options.requestId !== undefined && this.running.get(options.requestId) === abort) {
          this.running.delete(options.requestId);
        }
        abort.abort();
      };
    });
  }

  chunked(options: BackendSrvRequest): Observable<FetchResponse<Uint8Array | undefined>> {
    return new Observable((subscriber) => {
      const abort = new AbortController();
      void (async () => {
        const response = await fetch(urlOf(options), { ...initOf(options), signal: abort.signal });
        const base = responseBase(options, response);
        const reader = response.body?.getReader();
        for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
          subscriber.next({ ...base, data: part.value });
        }
        subscriber.complete();
      })().catch((error: unknown) => subscriber.error(error));
      return () => abort.abort();
    });
  }

  get<T>(url: string, params?: object, requestId?: string, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'GET', url, params, requestId });
  }

  delete<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'DELETE', url, data });
  }

  post<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'POST', url, data });
  }

  patch<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'PATCH', url, data });
  }

  put<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'PUT', url, data });
  }

  async request<T>(options: BackendSrvRequest): Promise<T> {
    return (await lastValueFrom(this.fetch<T>(options))).data;
  }

  datasourceRequest<T>(options: BackendSrvRequest): Promise<FetchResponse<T>> {
    return lastValueFrom(this.fetch<T>({ showErrorAlert: false, ...options }));
  }

  private async send<T>(options: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
    const url = urlOf(options);
    const { pathname } = new URL(url, document.baseURI);
    if (pathname === SETTINGS_PATH) {
      return answerSettings<T>(options, url);
    }
    if (pathname === ANNOTATIONS_PATH) {
      return { ...responseBase(options, Response.json([])), data: [] as T };
    }
    let response: Response;
    try {
      response = await fetch(url, { ...initOf(options), signal });
    } catch (error) {
      if (signal.aborted) {
        const cancelled: FetchError<null> = {
          status: -1,
          statusText: 'Request was aborted',
          data: null,
          cancelled: true,
          config: options,
        };
        throw cancelled;
      }
      throw Object.assign(error as Error, { data: { message: 'Unexpected error' } });
    }
    const data = await bodyOf<T>(options, response);
    if (!response.ok) {
      throw errorOf(options, response, data);
    }
    return { ...responseBase(options, response), data };
  }
}

function urlOf({ url, params }: BackendSrvRequest): string {
  const path = /^(https?:)?\//.test(url) ? url : `/${url}`;
  const query = urlUtil.serializeParams(params ?? {});
  return query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

function initOf({ method, headers, data, credentials }: BackendSrvRequest): RequestInit {
  const sent = new Headers({ Accept: 'application/json, text/plain, */*', ...headers });
  let body: BodyInit | undefined;
  if (data !== undefined && data !== null) {
    const isRaw = typeof data === 'string' || data instanceof FormData || data instanceof Blob;
    if (isRaw) {
      body = data;
    } else if (sent.get('Content-Type')?.startsWith('application/x-www-form-urlencoded') === true) {
      body = urlUtil.serializeParams(data);
    } else {
      sent.set('Content-Type', sent.get('Content-Type') ?? 'application/json');
      body = JSON.stringify(data);
    }
  }
  return { method: method ?? 'GET', headers: sent, body, credentials: credentials ?? 'same-origin' };
}

async function bodyOf<T>({ responseType }: BackendSrvRequest, response: Response): Promise<T> {
  if (responseType === 'arraybuffer') {
    return (await response.arrayBuffer()) as T;
  }
  if (responseType === 'blob') {
    return (await response.blob()) as T;
  }
  const text = await response.text();
  if (responseType === 'text') {
    return text as T;
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    return text as T;
  }
}

function responseBase(config: BackendSrvRequest, response: Response) {
  const { status, statusText, ok, headers, redirected, type, url } = response;
  return { status, statusText, ok, headers, redirected, type, url, config };
}

function errorOf(config: BackendSrvRequest, response: Response, body: unknown): FetchError {
  const { status, statusText } = response;
  const data: unknown =
    typeof body === 'string' ? { message: body || 'Unexpected error', error: statusText, response: body } : body;
  return { status, statusText, data: data ?? { message: 'Unexpected error' }, config };
}

function tellOfError(options: BackendSrvRequest, error: unknown): void {
  const { cancelled, data } = error as Partial<FetchError>;
  if (options.showErrorAlert !== false && cancelled !== true) {
    appEvents.publish({ type: AppEvents.alertError.name, payload: [data?.message ?? 'Unexpected error'] });
  }
}

function answerSettings<T>(config: BackendSrvRequest, url: string): FetchResponse<T> {
  const isRead = (config.method ?? 'GET') === 'GET';
  const settings = isRead ? readAppSettings() : saveAppSettings((config.data ?? {}) as Settings);
  return {
    data: { id: PLUGIN_ID, ...settings } as T,
    status: 200,
    statusText: 'OK',
    ok: true,
    headers: new Headers(),
    redirected: false,
    type: 'basic',
    url,
    config,
  };
}

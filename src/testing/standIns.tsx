import './browserStandIns';
import React, { type ReactNode } from 'react';
import {
  config,
  setBackendSrv,
  setCurrentUser,
  setPluginComponentHook,
  type BackendSrv,
  type BackendSrvRequest,
} from '@grafana/runtime';
import { configure, render, type RenderResult } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { defer, from, type Observable } from 'rxjs';
import appJson from '../plugin.json';
import { AppStateContext, type AppState } from '../states/appState';

interface PageProps {
  readonly pageNav?: { readonly text: string };
  readonly subTitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Grafana's illustrations and charts take their time where two cores are shared, more than the default of a second. */
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 20_000 });

/** An error or a warning on the console fails the test that brought it about. */
let consoles: jest.SpyInstance[] = [];

beforeEach(() => {
  standInUser('Viewer');
  standInComponent(() => null);
  consoles = (['error', 'warn'] as const).map((kind) => jest.spyOn(console, kind).mockImplementation(() => undefined));
});

afterEach(() => {
  const noise = consoles.flatMap((spy) => spy.mock.calls.map(([first]) => String(first)));
  jest.restoreAllMocks();
  expect(noise).toEqual([]);
});

/** Grafana fills in `PluginPage` as it starts; tests import this file before the page they test. */
jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual<object>('@grafana/runtime'),
  PluginPage: ({ pageNav, subTitle, actions, children }: PageProps) => (
    <main>
      <h1>{pageNav?.text}</h1>
      <p>{subTitle}</p>
      <div>{actions}</div>
      {children}
    </main>
  ),
}));

/** What a stand-in backend does with a request: an answer, or a thrown fetch error. */
export type Handler = (request: BackendSrvRequest) => unknown;

export interface StandInBackend {
  readonly requests: BackendSrvRequest[];
  /** The last handler whose text is in a request's address answers it. */
  readonly on: (text: string, handler: Handler) => void;
}

/** What Grafana or another app exposes by an id; null where nothing is. */
export function standInComponent(of: (id: string) => React.ComponentType<object> | null): void {
  setPluginComponentHook(<Props extends object>(id: string) => ({
    isLoading: false,
    component: of(id) as React.ComponentType<Props> | null,
  }));
}

/** An error as Grafana's `fetch` throws it. */
export function fetchError(status: number, data: unknown = '', statusText = ''): object {
  return { status, statusText, data, config: { url: '' } };
}

/** A problem as the sidecar sends it. */
export function problem(status: number, code: string, detail: string, action = 'Do something.'): object {
  return { type: 'about:blank', title: detail, status, detail, code, action };
}

class WithHeaders {
  readonly data: unknown;
  readonly headers: Headers;

  constructor(data: unknown, headers: Headers) {
    this.data = data;
    this.headers = headers;
  }
}

/** An answer with headers. */
export function withHeaders(data: unknown, headers: Record<string, string>): unknown {
  return new WithHeaders(data, new Headers(headers));
}

/** Puts a backend in the place of Grafana's; every test gets its own. */
export function standInBackend(): StandInBackend {
  const requests: BackendSrvRequest[] = [];
  const handlers: Array<{ readonly text: string; readonly handler: Handler }> = [];
  const fetch = (request: BackendSrvRequest): Observable<unknown> =>
    defer(() => {
      requests.push(request);
      const found = handlers.filter(({ text }) => request.url.includes(text)).at(-1);
      const answer = async () => {
        if (found === undefined) {
          throw fetchError(404, '', 'Not Found');
        }
        const data = await found.handler(request);
        return data instanceof WithHeaders
          ? { ok: true, status: 200, data: data.data, headers: data.headers }
          : { ok: true, status: 200, data, headers: new Headers() };
      };
      return from(answer());
    });
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return { requests, on: (text, handler) => handlers.push({ text, handler }) };
}

const FUTURE = { v7_startTransition: true, v7_relativeSplatPath: true } as const;

/** Shows a page at an address, in an app that is configured unless `state` says otherwise. */
export function renderAt(path: string, page: ReactNode, state: Partial<AppState> = {}): RenderResult {
  return render(
    <MemoryRouter initialEntries={[path]} future={FUTURE}>
      <AppStateContext.Provider value={{ isConfigured: true, isAdmin: false, datasourceUid: undefined, ...state }}>
        {page}
      </AppStateContext.Provider>
    </MemoryRouter>
  );
}

/** Grafana says who it is once, as it starts; what that person may do is told below. */
setCurrentUser(config.bootData.user);

const RANKS = ['Viewer', 'Editor', 'Admin'];

/** The person at the screen, with what plugin.json grants to that role. */
export function standInUser(orgRole: 'Viewer' | 'Editor' | 'Admin'): void {
  const granted = appJson.roles.filter(({ grants }) =>
    grants.some((grant) => RANKS.indexOf(grant) <= RANKS.indexOf(orgRole))
  );
  const actions = granted.flatMap(({ role }) => role.permissions.map(({ action }) => [action, true] as const));
  Object.assign(config.bootData.user, {
    orgRole,
    isGrafanaAdmin: false,
    permissions: Object.fromEntries(actions),
  });
}

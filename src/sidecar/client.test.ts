import { fetchError, problem, standInBackend, withHeaders, type StandInBackend } from '../testing/standIns';
import { z } from 'zod';
import { ask, askWhole, type Question } from './client';
import { SidecarError, type Failure } from './failure';

let backend: StandInBackend;
const reader = z.object({ value: z.number() });

beforeEach(() => {
  backend = standInBackend();
});

afterEach(() => {
  jest.useRealTimers();
});

function asked(question: Partial<Question<{ value: number }>> = {}) {
  return ask({ path: 'api/v1/thing', reader, ...question });
}

async function failureOf(answer: Promise<unknown>): Promise<Failure> {
  try {
    await answer;
  } catch (thrown) {
    if (thrown instanceof SidecarError) {
      return thrown.failure;
    }
    throw thrown;
  }
  throw new Error('no failure');
}

describe('ask', () => {
  it("goes through Grafana's proxy, silently, with the parameters that are defined", async () => {
    backend.on('/thing', () => ({ value: 1 }));
    await expect(asked({ params: { resource: 'cpu', start: undefined, end: 7 } })).resolves.toEqual({ value: 1 });
    expect(backend.requests).toEqual([
      expect.objectContaining({
        url: '/api/plugin-proxy/headroom-capacity-app/sidecar/api/v1/thing',
        method: 'GET',
        params: { resource: 'cpu', end: 7 },
        showErrorAlert: false,
      }),
    ]);
  });

  it('drops what the contract does not know and refuses what breaks it, naming the field', async () => {
    backend.on('/thing', () => ({ value: 1, extra: true }));
    await expect(asked()).resolves.toEqual({ value: 1 });
    backend.on('/thing', () => ({ value: 'one' }));
    const failure = await failureOf(asked());
    expect(failure).toMatchObject({ kind: 'unexpected', status: 200, detail: expect.stringMatching(/^value: /) });
  });

  it('refuses a page of another service', async () => {
    backend.on('/thing', () => '<!doctype html>');
    await expect(failureOf(asked())).resolves.toMatchObject({
      kind: 'unexpected',
      detail: expect.stringMatching(/^answer: /),
    });
  });

  it.each([
    ['a refused upstream', fetchError(502), { kind: 'unreachable', status: 502 }],
    ['a gateway that gave up', fetchError(504), { kind: 'unreachable', status: 504 }],
    ['no network', fetchError(-1), { kind: 'unreachable', status: null }],
    [
      'a wrong token',
      fetchError(401, problem(401, 'API_TOKEN_MISSING', 'no')),
      { kind: 'unauthorized', permission: 'headroom-capacity-app.forecasts:read' },
    ],
    [
      'a person who is not believed',
      fetchError(401, problem(401, 'API_IDENTITY_MISSING', 'no')),
      { kind: 'problem', problem: problem(401, 'API_IDENTITY_MISSING', 'no') },
    ],
    [
      "Grafana's refusal",
      fetchError(403, { message: 'plugin route access denied' }),
      { kind: 'forbidden', by: 'grafana', permission: 'headroom-capacity-app.forecasts:read' },
    ],
    [
      "the sidecar's refusal",
      fetchError(403, problem(403, 'API_FORBIDDEN', 'no')),
      { kind: 'forbidden', by: 'sidecar', permission: 'headroom-capacity-app.forecasts:read' },
    ],
    ['an unknown path', fetchError(404, 'not found'), { kind: 'notFound', problem: null }],
    ['an error page', fetchError(500, '<html>', 'Internal'), { kind: 'unexpected', status: 500, detail: '<html>' }],
    [
      'an error without a body',
      fetchError(500, '', 'Internal'),
      { kind: 'unexpected', status: 500, detail: 'Internal' },
    ],
  ])('tells %s', async (_name, thrown, expected) => {
    backend.on('/thing', () => {
      throw thrown;
    });
    await expect(failureOf(asked())).resolves.toEqual(expected);
  });

  it("hands over the sidecar's problem with its code and what to do", async () => {
    const body = problem(422, 'FORECAST_HISTORY_SHORT', 'There are 3 points.', 'Ask for a longer history.');
    backend.on('/thing', () => {
      throw fetchError(422, body);
    });
    await expect(failureOf(asked())).resolves.toEqual({ kind: 'problem', problem: body });
  });

  it('takes a status that is an answer, too', async () => {
    backend.on('/thing', () => {
      throw fetchError(503, { value: 3 });
    });
    await expect(asked({ acceptStatus: 503 })).resolves.toEqual({ value: 3 });
    await expect(failureOf(asked())).resolves.toEqual({ kind: 'unreachable', status: 503 });
  });

  it.each([
    ['propose', 'headroom-capacity-app.recommendations:propose'],
    ['approve', 'headroom-capacity-app.recommendations:approve'],
    ['scale', 'headroom-capacity-app.recommendations:scale'],
  ] as const)('goes by the route %s with its headers, and names its permission', async (route, permission) => {
    backend.on(`/${route}/api/v1/thing`, () => {
      throw fetchError(403, { message: 'plugin route access denied' });
    });
    const failure = await failureOf(asked({ route, method: 'POST', headers: { 'If-Match': '"a"' } }));
    expect(failure).toEqual({ kind: 'forbidden', by: 'grafana', permission });
    expect(backend.requests[0]).toMatchObject({ method: 'POST', headers: { 'If-Match': '"a"' } });
  });

  it('hands over the headers of an answer where they are asked for', async () => {
    backend.on('/thing', () => withHeaders({ value: 1 }, { etag: '"a"' }));
    const { value, header } = await askWhole({ path: 'api/v1/thing', reader });
    expect([value, header('ETag'), header('other')]).toEqual([{ value: 1 }, '"a"', null]);
  });

  it('gives up after its time and cancels the request', async () => {
    jest.useFakeTimers();
    backend.on(
      '/thing',
      ({ abortSignal }) =>
        new Promise((_, reject) => abortSignal?.addEventListener('abort', () => reject(new Error('aborted'))))
    );
    const failure = failureOf(asked({ timeoutSeconds: 5 }));
    await jest.advanceTimersByTimeAsync(5000);
    await expect(failure).resolves.toEqual({ kind: 'timeout', seconds: 5 });
  });

  it('is cancelled by its caller, which is no failure of the sidecar', async () => {
    const controller = new AbortController();
    backend.on(
      '/thing',
      ({ abortSignal }) =>
        new Promise((_, reject) => abortSignal?.addEventListener('abort', () => reject(new Error('aborted'))))
    );
    const answer = asked({ signal: controller.signal });
    controller.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('asks nothing once its caller has gone', async () => {
    await expect(asked({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(backend.requests).toEqual([]);
  });
});

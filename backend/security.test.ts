import assert from 'node:assert/strict';
import { once } from 'node:events';
import diagnostics from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { stringify } from 'yaml';
import type { RunningSidecar } from './commands/index.ts';
import { PERMISSIONS, type Permission } from './config/index.ts';
import { createServer as createSidecarServer } from './http/index.ts';
import { createGrafanaSigner } from './http/identity/grafanaSigner.fixture.ts';
import { startSidecar } from './main.ts';
import { rawRequest } from './rawRequest.fixture.ts';

/**
 * What each route needs, written down a second time: nothing here is taken from the routes. A route without a row fails.
 *
 * `open` needs nothing; all other rows need that permission, and where people are proven those above `read` a person.
 */
const NEEDS: Readonly<Record<string, Permission | 'open'>> = {
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /openapi.json': 'open',
  'GET /metrics': 'read',

  'GET /api/v1/status': 'read',
  'GET /api/v1/workloads': 'read',
  'GET /api/v1/workloads/:name': 'read',
  'GET /api/v1/sparklines': 'read',
  'PUT /api/v1/workloads/:name': 'admin',
  'DELETE /api/v1/workloads/:name': 'admin',
  'GET /api/v1/workloads/:name/forecast': 'read',
  'GET /api/v1/workloads/:name/features': 'read',
  'GET /api/v1/workloads/:name/scenarios': 'read',
  'GET /api/v1/workloads/:name/scaling': 'read',
  'PUT /api/v1/workloads/:name/mode': 'scale',
  'POST /api/v1/workloads/:name/recommendations': 'propose',
  'POST /api/v1/workloads/:name/simulations': 'read',
  'POST /api/v1/simulations': 'read',
  'POST /api/v1/forecasts/preview': 'read',
  'GET /api/v1/recommendations': 'read',
  'GET /api/v1/workloads/:name/requests': 'read',
  'POST /api/v1/workloads/:name/requests/preview': 'read',
  'POST /api/v1/workloads/:name/requests/apply': 'approve',
  'POST /api/v1/workloads/:name/requests/rollback': 'approve',
  'GET /api/v1/recommendations/:id': 'read',
  'POST /api/v1/recommendations/approve': 'approve',
  'POST /api/v1/recommendations/:id/preview': 'read',
  'POST /api/v1/recommendations/:id/approve': 'approve',
  'POST /api/v1/recommendations/:id/rollback': 'approve',
  'POST /api/v1/recommendations/:id/dismiss': 'propose',
  'POST /api/v1/recommendations/:id/snooze': 'propose',
  'GET /api/v1/pause': 'read',
  'PUT /api/v1/pause': 'propose',
  'DELETE /api/v1/pause': 'scale',
  'GET /api/v1/decisions': 'read',
  'GET /api/v1/decisions/export': 'read',
  'GET /api/v1/decisions/verify': 'read',
  'GET /api/v1/experiments': 'read',
  'POST /api/v1/experiments': 'scale',
  'POST /api/v1/experiments/plan': 'read',
  'GET /api/v1/experiments/:id': 'read',
  'POST /api/v1/experiments/:id/stop': 'propose',
  'GET /api/v1/kpis': 'read',
  'GET /api/v1/report': 'read',
  'GET /api/v1/jobs': 'read',
  'GET /api/v1/jobs/:id': 'read',
  'DELETE /api/v1/jobs/:id': 'admin',
  'GET /api/v1/jobs/:id/events': 'read',
  'GET /api/v1/scenarios': 'read',
  'GET /api/v1/sources': 'read',
  'GET /api/v1/sources/:name/check': 'read',
  'GET /api/v1/sources/:name/names': 'read',
  'GET /api/v1/sources/:name/labels': 'read',
  'GET /api/v1/scenarios/:name': 'read',
  'PUT /api/v1/scenarios/:name': 'propose',
  'DELETE /api/v1/scenarios/:name': 'propose',
  'GET /api/v1/models': 'read',
  'POST /api/v1/models/:name/train': 'admin',
  'POST /api/v1/models/:name/promote': 'admin',
  'POST /api/v1/models/:name/rollback': 'admin',

  'GET /prometheus/federate': 'read',
  'POST /prometheus/api/v1/read': 'read',
  ...Object.fromEntries(
    [
      ...['query', 'query_range', 'query_exemplars', 'format_query', 'parse_query', 'series', 'labels', 'metadata'],
      ...['rules', 'alerts', 'status/buildinfo', 'label/:name/values'],
    ].flatMap((path) => [
      [`GET /prometheus/api/v1/${path}`, 'read'],
      [`POST /prometheus/api/v1/${path}`, 'read'],
    ])
  ),

  // The workbench, where it is built.
  'GET /workbench/*': 'open',
  'GET /public/*': 'open',
  'GET /public/plugins/headroom-capacity-app/*': 'open',
  'GET /*': 'open',
};

const TOKENS: Readonly<Record<string, string>> = Object.fromEntries(
  PERMISSIONS.map((permission) => [permission, `a-token-for-${permission}`])
);
const LOW: Readonly<Record<string, Permission | undefined>> = { scale: 'approve', approve: 'propose', admin: 'scale' };
const signer = await createGrafanaSigner('of-the-test', Math.floor(Date.now() / 1000));

/** Every route of every plugin, as Fastify itself is told of it: `METHOD /path`. */
function watchRoutes(): { readonly routes: Set<string>; stop(): void } {
  const routes = new Set<string>();
  const onServer = (message: unknown) => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }: RouteOptions) => {
      for (const each of [method].flat()) {
        routes.add(`${each} ${url}`);
      }
    });
  };
  diagnostics.subscribe('fastify.initialization', onServer);
  return {
    routes,
    stop: () => {
      diagnostics.unsubscribe('fastify.initialization', onServer);
    },
  };
}

function bearer(token: string | undefined): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function codeOf(body: string): unknown {
  try {
    return (JSON.parse(body) as { code?: unknown }).code;
  } catch {
    return undefined;
  }
}

describe('the sidecar as it is composed', () => {
  let folder: string;
  let grafana: Server;
  let plain: RunningSidecar;
  let proven: RunningSidecar;
  let routes: ReadonlySet<string>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'headroom-security-'));
    grafana = createServer((_request, response) => response.end(JSON.stringify({ keys: [signer.jwk] })));
    await once(grafana.listen(0, '127.0.0.1'), 'listening');
    const grafanaUrl = `http://127.0.0.1:${(grafana.address() as AddressInfo).port}`;
    const configFile = join(folder, 'workloads.yaml');
    const checkout = {
      name: 'checkout',
      activity: { requests: { query: 'checkout.requests' } },
      forecast: { step: '10s', horizon: '5m', history: '1h', model: 'naive' },
    };
    writeFileSync(configFile, stringify({ sources: [{ name: 'demo', type: 'demo' }], workloads: [checkout] }));
    const start = (name: string, env: Readonly<Record<string, string>>) =>
      startSidecar({
        env: {
          HEADROOM_LISTEN: '127.0.0.1:0',
          HEADROOM_DATA_DIR: join(folder, name),
          HEADROOM_LOG_LEVEL: 'silent',
          ...Object.fromEntries(PERMISSIONS.map((each) => [`HEADROOM_TOKEN_${each.toUpperCase()}`, TOKENS[each]])),
          ...env,
        },
        configFile,
        isReadPublic: false,
        log: { write: () => undefined },
      });
    const watched = watchRoutes();
    plain = await start('plain', {});
    watched.stop();
    routes = watched.routes;
    const issuer = { HEADROOM_GRAFANA_ISSUER: 'https://grafana.example/' };
    proven = await start('proven', { HEADROOM_GRAFANA_URL: grafanaUrl, ...issuer });
  });
  after(async () => {
    await plain.close();
    await proven.close();
    grafana.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (
    sidecar: RunningSidecar,
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string
  ) =>
    rawRequest(
      sidecar.url,
      method,
      path.replace(/:\w+/g, 'none').replace('*', 'none.txt'),
      { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body
    );
  const rows = Object.entries(NEEDS).map(([row, needed]) => {
    const [method = '', path = ''] = row.split(' ');
    return { row, method, path, needed };
  });
  const bodyOf = (method: string) => (method === 'GET' || method === 'DELETE' ? undefined : '{}');

  it('has a row for every route, and a route for every row but the workbench', () => {
    const isWorkbench = (row: string) => NEEDS[row] === 'open' && row.endsWith('*');
    const missing = Object.keys(NEEDS).filter((row) => !routes.has(row) && !isWorkbench(row));
    assert.deepEqual(missing, []);
    assert.ok(routes.size > 100);
  });

  it('answers every method without a row with 405, or 404 where there is no path, whoever asks', async () => {
    let asked = 0;
    const unknown: string[] = [];
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      const isRow = NEEDS[method === 'HEAD' ? route.replace('HEAD', 'GET') : route] !== undefined;
      if (!isRow && !['TRACE', 'QUERY'].includes(method)) {
        asked++;
        for (const token of [undefined, TOKENS['admin']]) {
          const { status } = await ask(plain, method, path, bearer(token));
          if (!(token === undefined ? [401, 404, 405] : [404, 405]).includes(status)) {
            unknown.push(`${route} has no row in NEEDS and answered ${status}`);
          }
        }
      }
    }
    assert.deepEqual(unknown, []);
    assert.ok(asked > 50);
  });

  for (const { row, method, path, needed } of rows) {
    it(`asks for ${needed === 'open' ? 'nothing' : needed} at ${row}`, async () => {
      if (!routes.has(row)) {
        return;
      }
      const roles: ReadonlyArray<readonly [string, string | undefined]> = [
        ['nobody', undefined],
        ['a stranger', 'a-token-for-nothing'],
        ...PERMISSIONS.map((each) => [each, TOKENS[each]] as const),
      ];
      for (const [role, token] of roles) {
        const { status, body } = await ask(plain, method, path, bearer(token), bodyOf(method));
        const rank = PERMISSIONS.indexOf(role as Permission);
        const about = `${role} at ${row}: ${status} ${body.slice(0, 200)}`;
        if (needed === 'open' || rank >= PERMISSIONS.indexOf(needed)) {
          assert.ok(![401, 403].includes(status) && status < 500 ? true : status === 503, about);
        } else if (rank < 0) {
          assert.equal(status, 401, about);
        } else {
          assert.equal(status, 403, about);
          assert.equal(codeOf(body), 'API_PERMISSION_MISSING', about);
          assert.match(body, new RegExp(`permission ${needed}, and the token grants ${role}`), about);
        }
      }
    });
  }

  for (const { row, method, path, needed } of rows.filter(({ needed: each }) => each !== 'open' && each !== 'read')) {
    it(`asks for a person, and the token all the same, at ${row} where Grafana proves people`, async () => {
      const token = bearer(TOKENS[needed]);
      const outcome = async (headers: Readonly<Record<string, string>>) => {
        const { status, body } = await ask(proven, method, path, headers, bodyOf(method));
        return [status, codeOf(body)];
      };
      assert.deepEqual(await outcome(token), [401, 'API_IDENTITY_MISSING']);
      const claims = { 'x-grafana-role': 'Admin', 'x-grafana-user': 'admin', 'x-forwarded-for': '127.0.0.1' };
      assert.deepEqual(await outcome({ ...token, ...claims }), [401, 'API_IDENTITY_MISSING']);
      assert.deepEqual(await outcome({ ...token, 'x-grafana-id': 'a.b.c' }), [401, 'API_IDENTITY_INVALID']);
      const signed = { 'x-grafana-id': await signer.sign() };
      assert.deepEqual(await outcome(signed), [401, 'API_TOKEN_MISSING']);
      const lower = TOKENS[LOW[needed] ?? 'read'];
      assert.deepEqual(await outcome({ ...bearer(lower), ...signed }), [403, 'API_PERMISSION_MISSING']);
      const [status] = await outcome({ ...token, ...signed });
      assert.ok(![401, 403, 500].includes(Number(status)), String(status));
    });
  }

  it('lets machines read by their token alone where Grafana proves people', async () => {
    for (const path of ['/api/v1/workloads', '/api/v1/decisions', '/metrics', '/prometheus/api/v1/labels']) {
      assert.equal((await ask(proven, 'GET', path, bearer(TOKENS['read']))).status, 200, path);
    }
  });

  it('lets no other spelling of a path past what the path needs', async () => {
    const changing = rows.filter(({ needed }) => needed !== 'open' && needed !== 'read');
    const prefixes = ['', '/api/plugin-proxy/headroom-capacity-app/sidecar'];
    for (const { method, path } of changing) {
      const real = path.replace(/:\w+/g, 'checkout');
      const spellings = [
        real.replace('/api/v1/', '/api/v1//'),
        `/${real}`,
        real.replace('/api/v1/', '/api/v1/./'),
        real.replace('/api/v1/', '/api/v1/status/../'),
        real.replace('/api/v1/', '/api/v1/status/..%2f'),
        real.replace('/api/v1/', '/api/v1/status/%2e%2e/'),
        real.replace('/api/v1/', '/api/v1/status/%2e%2e%2f'),
        real.replace('/api/v1/', '/api/v1/status/..%252f'),
        real.replace('/api/v1/', '/api/v1/forecasts/preview/..%2f..%2f'),
        real.replace('/api/v1/', '/api/v1/..%5c..%5capi%5cv1%5c'),
        real.replace('/api/v1/', '/prometheus/../api/v1/'),
        real.replace('/api/v1/', '/prometheus/..%2fapi/v1/'),
        real.replaceAll('/', '%2f').replace('%2f', '/'),
        real.replace('/api/v1/', '/API/v1/'),
        real.replace('/api/v1/', '/api/V1/'),
        `${real}/`,
        `${real}.`,
        `${real}%00`,
        `${real}%20`,
        `${real};x=/api/v1/status`,
        `${real}?permission=read`,
        `${real}#/api/v1/status`,
      ];
      for (const prefix of prefixes) {
        for (const spelling of spellings) {
          const { status, body } = await ask(plain, method, prefix + spelling, bearer(TOKENS['read']), bodyOf(method));
          assert.ok([400, 403, 404, 405].includes(status), `${method} ${prefix}${spelling}: ${status} ${body}`);
        }
      }
    }
    // The methods that frameworks take from a header or a parameter.
    for (const [headers, query] of [
      [{ 'x-http-method-override': 'DELETE' }, ''],
      [{ 'x-method-override': 'DELETE' }, ''],
      [{}, '?_method=DELETE'],
    ] as const) {
      const path = `/api/v1/workloads/checkout${query}`;
      await ask(plain, 'GET', path, { ...bearer(TOKENS['read']), ...headers });
      await ask(plain, 'POST', path, { ...bearer(TOKENS['read']), ...headers }, '{}');
      assert.equal((await ask(plain, 'GET', '/api/v1/workloads/checkout', bearer(TOKENS['read']))).status, 200);
    }
  });

  it('gives out no file but its own page', async () => {
    for (const prefix of ['/', '/public/', '/workbench/', '/public/plugins/headroom-capacity-app/', '/api/v1/']) {
      for (const up of [
        '../',
        '..%2f',
        '%2e%2e/',
        '%2e%2e%2f',
        '..%5c',
        '..%252f',
        './../',
        '....//',
        '%c0%ae%c0%ae/',
      ]) {
        for (const depth of [1, 2, 3, 8]) {
          for (const file of ['package.json', 'etc/passwd', 'backend/main.ts']) {
            const { body } = await rawRequest(plain.url, 'GET', prefix + up.repeat(depth) + file, { accept: '*/*' });
            assert.doesNotMatch(body, /root:|"name": "headroom"|startSidecar/, prefix + up.repeat(depth) + file);
          }
        }
      }
    }
  });

  it('refuses bodies that are too large or say so, before anybody looks at them', async () => {
    const large = JSON.stringify({ pad: 'x'.repeat(1_100_000) });
    const token = bearer(TOKENS['admin']);
    for (const [method, path] of [
      ['PUT', '/api/v1/workloads/checkout'],
      ['POST', '/api/v1/forecasts/preview'],
      ['PUT', '/api/v1/scenarios/x'],
    ] as const) {
      const { status, body } = await ask(plain, method, path, token, large);
      assert.deepEqual([status, codeOf(body)], [413, 'API_BODY_TOO_LARGE'], path);
      const chunked = await ask(plain, method, path, { ...token, 'transfer-encoding': 'chunked' }, large);
      assert.equal(chunked.status, 413, `${path}, chunked`);
      // Who may not, is told so without a look at the body.
      assert.equal((await ask(plain, method, path, {}, large)).status, 401, `${path}, nobody`);
    }
    const { status } = await rawRequest(plain.url, 'GET', `/api/v1/status?${'x'.repeat(70_000)}`, token);
    assert.equal(status, 431);
  });
});

/** Resolves when a connection is over, whatever ended it. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
}

describe('the server against clients that take their time', () => {
  let app: FastifyInstance;
  let port: number;
  before(async () => {
    app = await createSidecarServer({
      access: { tokens: new Map(), isReadPublic: false },
      version: '0.0.0',
      routes: [],
      readiness: () => ({ isReady: true, reasons: [] }),
      plugins: [
        (scope) => {
          scope.post('/echo', ({ body }) => ({ body }));
          return Promise.resolve();
        },
      ],
      logger: false,
      timeouts: { headersMs: 200, requestMs: 400, checkMs: 25 },
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    port = (app.server.address() as AddressInfo).port;
  });
  after(() => app.close());

  for (const [what, sent] of [
    ['a head that never ends', 'GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: '],
    [
      'a body that never comes',
      'POST /echo HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    ],
    [
      'a chunk that never ends',
      'POST /echo HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{',
    ],
  ] as const) {
    it(`cuts off ${what}, drop by drop, and serves others meanwhile`, async () => {
      const sockets = Array.from({ length: 50 }, () => connect(port, '127.0.0.1'));
      const closed = sockets.map(async (socket) => {
        let answer = '';
        socket.on('data', (chunk) => (answer += chunk.toString()));
        // Cut while it still sends, the connection is reset.
        socket.on('error', () => undefined);
        socket.write(sent);
        const drip = setInterval(() => socket.write('x'), 20);
        await closing(socket);
        clearInterval(drip);
        return answer;
      });
      assert.equal((await rawRequest(`http://127.0.0.1:${port}`, 'GET', '/healthz')).status, 200);
      for (const answer of await Promise.all(closed)) {
        assert.match(answer, /^$|^HTTP\/1\.1 4\d\d/);
      }
    });
  }

  it('refuses requests that two readers could take for different ones', async () => {
    for (const sent of [
      'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n',
      'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!',
      'POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nhost: a\r\nx: y\r\n\tfolded: z\r\n z\0\r\n\r\n',
      'GET /healthz HTTP/1.1\r\n\r\n',
    ]) {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('error', () => undefined);
      socket.end(sent);
      await closing(socket);
      assert.match(answer, /^HTTP\/1\.1 4\d\d /, JSON.stringify(sent));
      assert.ok(!answer.includes('"alive"'), JSON.stringify(sent));
    }
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { z } from 'zod';
import { problemSchema, type Problem } from '../../contract/index.ts';
import type { Permission } from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { defineRoute } from './app/apiRoute.ts';
import { createServer, type Access, type ApiRoute, type Caller } from './index.ts';

const routes = [
  defineRoute({
    method: 'GET',
    path: '/things/:name',
    operation: 'getThing',
    summary: 'A thing',
    permission: 'read',
    params: z.object({ name: z.string() }),
    query: z.object({ limit: z.coerce.number().int().min(1).optional() }),
    response: z.object({ name: z.string() }),
    handle: ({ params }) => {
      if (params.name === 'none') {
        throw new HeadroomError('API_NOT_FOUND', { kind: 'thing', name: params.name, list: '/things' });
      }
      if (params.name === 'broken') {
        throw new TypeError('secret inner detail');
      }
      return { name: params.name };
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/things/:name',
    operation: 'putThing',
    summary: 'Change a thing',
    permission: 'admin',
    params: z.object({ name: z.string() }),
    body: z.strictObject({ size: z.int() }),
    response: z.object({ size: z.number() }),
    handle: ({ body }) => body,
  }),
];

function serverWith(access: Access, served: readonly ApiRoute[] = routes): Promise<FastifyInstance> {
  return createServer({
    access,
    version: '0.0.0',
    routes: served,
    readiness: () => ({ isReady: false, reasons: ['shop: starting'] }),
    plugins: [],
    logger: false,
  });
}

function problemIn(body: string): Problem {
  return problemSchema.parse(JSON.parse(body));
}

describe('the server without a token', () => {
  let app: FastifyInstance;
  before(async () => {
    app = await serverWith({ tokens: new Map(), isReadPublic: false });
  });
  after(() => app.close());

  it('answers what is addressed to loopback, and nothing under another name', async () => {
    for (const host of ['127.0.0.1:8370', 'localhost', '[::1]:8370', 'headroom.localhost']) {
      assert.equal((await app.inject({ url: '/api/v1/things/a', headers: { host } })).statusCode, 200, host);
    }
    for (const host of ['evil.example', '127.0.0.1.evil.example', '10.0.0.1']) {
      const response = await app.inject({ url: '/api/v1/things/a', headers: { host } });
      assert.equal(response.statusCode, 401, host);
      assert.equal(problemIn(response.body).code, 'API_TOKEN_MISSING');
    }
  });

  it('is alive, and says why it is not ready', async () => {
    assert.equal((await app.inject('/healthz')).statusCode, 200);
    const response = await app.inject('/readyz');
    assert.equal(response.statusCode, 503);
    assert.deepEqual(response.json(), { status: 'not ready', reasons: ['shop: starting'] });
  });

  const faults: ReadonlyArray<readonly [string, InjectOptions, number, string]> = [
    ['an unknown path', { url: '/nothing' }, 404, 'API_ROUTE_NOT_FOUND'],
    ['an unknown thing', { url: '/api/v1/things/none' }, 404, 'API_NOT_FOUND'],
    ['a bad parameter', { url: '/api/v1/things/a?limit=0' }, 400, 'API_PARAMETER_INVALID'],
    ['a method that is not allowed', { method: 'DELETE', url: '/api/v1/things/a' }, 405, 'API_METHOD_NOT_ALLOWED'],
    [
      'a body with an unknown field',
      { method: 'PUT', url: '/api/v1/things/a', payload: { size: 1, colour: 2 } },
      400,
      'API_BODY_INVALID',
    ],
    [
      'a body that is no JSON',
      { method: 'PUT', url: '/api/v1/things/a', payload: '{', headers: { 'content-type': 'application/json' } },
      400,
      'API_BODY_INVALID',
    ],
    [
      'a body of another type',
      { method: 'PUT', url: '/api/v1/things/a', payload: 'x', headers: { 'content-type': 'text/csv' } },
      415,
      'API_MEDIA_TYPE_UNSUPPORTED',
    ],
    [
      'a body over 1 MiB',
      { method: 'PUT', url: '/api/v1/things/a', payload: { size: 1, pad: 'x'.repeat(1 << 20) } },
      413,
      'API_BODY_TOO_LARGE',
    ],
    ['an encoded traversal', { url: '/api/v1/things/..%2f..%2fetc%2fpasswd/x' }, 404, 'API_ROUTE_NOT_FOUND'],
    ['a failure inside', { url: '/api/v1/things/broken' }, 500, 'INTERNAL'],
  ];
  for (const [title, request, status, code] of faults) {
    it(`answers ${title} with ${status} ${code}`, async () => {
      const response = await app.inject({ ...request, headers: { host: 'localhost', ...request.headers } });
      assert.equal(response.statusCode, status, response.body);
      assert.match(String(response.headers['content-type']), /^application\/problem\+json/);
      const problem = problemIn(response.body);
      assert.equal(problem.code, code);
      assert.ok(problem.action.length > 0);
      assert.ok(!response.body.includes('secret inner detail'));
    });
  }

  it("answers under the app's proxy path as in Grafana", async () => {
    const under = (route: string) =>
      app.inject({
        url: `/api/plugin-proxy/headroom-capacity-app/${route}/api/v1/things/a`,
        headers: { host: 'localhost' },
      });
    for (const route of ['sidecar', 'propose', 'approve', 'scale', 'admin']) {
      assert.deepEqual((await under(route)).json(), { name: 'a' });
    }
    for (const route of ['admin2', 'sidecar2', 'propose/approve']) {
      assert.equal((await under(route)).statusCode, 404);
    }
  });

  it('describes its routes by the schemas it validates with', async () => {
    const document = (await app.inject('/openapi.json')).json<{
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; parameters: Array<{ name: string; in: string }> }>>;
      components: { schemas: Record<string, unknown> };
    }>();
    const { get } = document.paths['/api/v1/things/{name}']!;
    assert.equal(get?.operationId, 'getThing');
    assert.deepEqual(
      get.parameters.map((parameter) => [parameter.name, parameter.in]),
      [
        ['name', 'path'],
        ['limit', 'query'],
      ]
    );
    assert.ok(document.components.schemas['Problem']);
    assert.ok(!JSON.stringify(document).includes('#/$defs/'));
  });
});

describe('who asks, as handlers see it', () => {
  const who = defineRoute({
    method: 'GET',
    path: '/who',
    operation: 'who',
    summary: 'Who asks',
    permission: 'read',
    response: z.object({ name: z.string(), via: z.string(), permission: z.string() }),
    handle: ({ caller }) => caller,
  });
  const cases: ReadonlyArray<readonly [string, Access, string | undefined, Caller]> = [
    [
      'loopback where there are no tokens',
      { tokens: new Map(), isReadPublic: false },
      undefined,
      { name: 'local', via: 'local', permission: 'admin' },
    ],
    [
      'a token',
      { tokens: new Map([['scale-token', 'scale']]), isReadPublic: true },
      'Bearer scale-token',
      { name: 'token:scale', via: 'token', permission: 'scale' },
    ],
    [
      'anybody where reads are public',
      { tokens: new Map([['scale-token', 'scale']]), isReadPublic: true },
      undefined,
      { name: 'public', via: 'public', permission: 'read' },
    ],
  ];
  for (const [title, access, authorization, expected] of cases) {
    it(`is ${title}, whatever the headers claim`, async () => {
      const app = await serverWith(access, [who]);
      const claims = { 'x-grafana-role': 'Admin', 'x-grafana-user': 'root', 'x-forwarded-for': '127.0.0.1' };
      const headers = { host: 'localhost', ...claims, ...(authorization === undefined ? {} : { authorization }) };
      assert.deepEqual((await app.inject({ url: '/api/v1/who', headers })).json(), expected);
      await app.close();
    });
  }
});

describe('the server with tokens', () => {
  const tokens = new Map<string, Permission>([
    ['read-token', 'read'],
    ['admin-token', 'admin'],
  ]);
  let app: FastifyInstance;
  before(async () => {
    app = await serverWith({ tokens, isReadPublic: false });
  });
  after(() => app.close());

  const put = { method: 'PUT', url: '/api/v1/things/a', payload: { size: 1 } } as const;
  const cases: ReadonlyArray<readonly [string | undefined, number, number]> = [
    [undefined, 401, 401],
    ['Bearer wrong-token', 401, 401],
    ['Basic cmVhZC10b2tlbg==', 401, 401],
    ['Bearer read-token', 200, 403],
    ['Bearer admin-token', 200, 200],
  ];
  for (const [authorization, read, write] of cases) {
    it(`lets ${authorization ?? 'nobody'} read with ${read} and write with ${write}`, async () => {
      const headers = { host: 'evil.example', ...(authorization === undefined ? {} : { authorization }) };
      assert.equal((await app.inject({ url: '/api/v1/things/a', headers })).statusCode, read);
      const response = await app.inject({ ...put, headers });
      assert.equal(response.statusCode, write);
      if (write === 403) {
        assert.match(problemIn(response.body).detail, /admin/);
      }
    });
  }

  it('reads without a token only where reads are public', async () => {
    const open = await serverWith({ tokens, isReadPublic: true });
    assert.equal((await open.inject('/api/v1/things/a')).statusCode, 200);
    assert.equal((await open.inject(put)).statusCode, 401);
    await open.close();
  });
});

import assert from 'node:assert/strict';
import { createServer as createHttpServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Permission } from '../../config/index.ts';
import { defineRoute } from '../app/apiRoute.ts';
import { createPeople, type Caller } from '../index.ts';
import { testServer } from '../testServer.fixture.ts';
import { createGrafanaSigner, ISSUER, NOW } from './grafanaSigner.fixture.ts';

const callerSchema = z.object({
  name: z.string(),
  via: z.string(),
  permission: z.string(),
  subject: z.string().optional(),
});
const routes = (['read', 'propose', 'approve'] as const).map((permission) =>
  defineRoute({
    method: permission === 'read' ? 'GET' : 'POST',
    path: `/${permission}`,
    operation: permission,
    summary: 'Who asks',
    permission,
    response: callerSchema,
    handle: ({ caller }) => caller,
  })
);

const signer = await createGrafanaSigner();
const stranger = await createGrafanaSigner();

/** A Grafana that gives out its keys, or does not. */
function grafanaDouble() {
  const state = { answer: { status: 200, body: JSON.stringify({ keys: [signer.jwk] }), location: '' }, asked: 0 };
  const server = createHttpServer((request, response) => {
    state.asked++;
    assert.equal(request.url, '/grafana/api/signing-keys/keys');
    assert.equal(request.headers.authorization, undefined);
    const { status, body, location } = state.answer;
    response.writeHead(status, location === '' ? {} : { location }).end(body);
  });
  return { state, server };
}

async function listening(server: ReturnType<typeof createHttpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

interface Asked {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function ask(app: FastifyInstance, permission: Permission, headers: OutgoingHttpHeaders): Promise<Asked> {
  const response = await app.inject({
    method: permission === 'read' ? 'GET' : 'POST',
    url: `/api/v1/${permission}`,
    headers: { host: 'headroom.example', ...headers },
  });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
}

describe('who asks, where Grafana proves people', () => {
  const { state, server } = grafanaDouble();
  const failures: unknown[] = [];
  let app: FastifyInstance;
  let clock = NOW;

  const open = (url: string) =>
    testServer(routes, {
      people: createPeople(
        { grafana: { url, issuer: ISSUER, audience: 'org:1' } },
        { nowSeconds: () => clock, onFailure: (error) => failures.push(error) }
      )!,
    });

  let url = '';
  before(async () => {
    url = `http://127.0.0.1:${await listening(server)}/grafana/`;
    app = await open(url);
  });
  after(async () => {
    await app.close();
    server.close();
  });

  const token = (name: string) => ({ authorization: `Bearer ${name[0]!}` });

  it('is the person that Grafana signed, with the permission of the token', async () => {
    const headers = { ...token('approve'), 'x-grafana-id': await signer.sign() };
    const alice: Caller = { name: 'alice', subject: 'user:2', via: 'grafana', permission: 'approve' };
    for (const permission of ['propose', 'approve', 'read'] as const) {
      assert.deepEqual(await ask(app, permission, headers), { status: 200, body: alice });
    }
    assert.equal(state.asked, 1);
  });

  it('needs a token that grants it all the same, and says which', async () => {
    const signed = { 'x-grafana-id': await signer.sign({ role: 'Admin' }) };
    assert.equal((await ask(app, 'approve', signed)).body['code'], 'API_TOKEN_MISSING');
    const { status, body } = await ask(app, 'approve', { ...token('read'), ...signed });
    assert.deepEqual([status, body['code']], [403, 'API_PERMISSION_MISSING']);
    assert.match(String(body['detail']), /needs the permission approve.* grants read/);
  });

  it('refuses a change that names nobody, as when a caller had the header stripped', async () => {
    for (const stripped of [
      {},
      { connection: 'X-Grafana-Id, Authorization' },
      { 'x-grafana-user': 'root', 'x-grafana-role': 'Admin', 'x-grafana-org-id': '1', 'x-forwarded-for': '127.0.0.1' },
      { 'x-grafana-id-': await signer.sign() },
      { cookie: `x-grafana-id=${await signer.sign()}` },
    ]) {
      for (const permission of ['propose', 'approve'] as const) {
        const { status, body } = await ask(app, permission, { ...token('approve'), ...stripped });
        assert.deepEqual([status, body['code']], [401, 'API_IDENTITY_MISSING'], JSON.stringify(stripped));
      }
    }
  });

  it('refuses a change with an identity that is not believed, and keeps it out of the answer', async () => {
    const forged = await stranger.sign({ username: 'marker-of-a-forger' }, { kid: signer.kid });
    for (const signed of [forged, 'x', '', await signer.sign({ exp: NOW - 60 }), [await signer.sign(), forged]]) {
      const { status, body } = await ask(app, 'approve', { ...token('approve'), 'x-grafana-id': signed });
      assert.deepEqual([status, body['code']], [401, 'API_IDENTITY_INVALID']);
      assert.ok(!JSON.stringify(body).includes('marker-of-a-forger'));
      assert.ok(signed.length === 0 || !JSON.stringify(body).includes(String(signed).slice(0, 20)) || signed === 'x');
    }
  });

  it('lets a machine read by its token alone, whatever identity comes with it', async () => {
    for (const signed of [{}, { 'x-grafana-id': 'x' }, { 'x-grafana-id': await stranger.sign() }]) {
      assert.deepEqual(await ask(app, 'read', { ...token('read'), ...signed }), {
        status: 200,
        body: { name: 'token:read', via: 'token', permission: 'read' },
      });
    }
  });

  it('refuses changes with 503 while the keys cannot be had, reads on, and asks again after five seconds', async () => {
    const redirecting = { status: 302, body: '', location: `${url}other` };
    for (const answer of [
      { status: 500, body: 'broken', location: '' },
      { status: 200, body: '<html>', location: '' },
      { status: 200, body: JSON.stringify({ keys: ['x'.repeat(70_000)] }), location: '' },
      redirecting,
    ]) {
      const away = await open(url);
      state.answer = answer;
      const signed = { ...token('approve'), 'x-grafana-id': await signer.sign() };
      const before = failures.length;
      const { status, body } = await ask(away, 'approve', signed);
      assert.deepEqual([status, body['code']], [503, 'API_IDENTITY_UNAVAILABLE']);
      assert.equal(failures.length, before + 1);
      assert.equal((await ask(away, 'read', signed)).body['name'], 'token:approve');
      state.answer = { status: 200, body: JSON.stringify({ keys: [signer.jwk] }), location: '' };
      assert.equal((await ask(away, 'approve', signed)).status, 503);
      clock += 5;
      assert.equal((await ask(away, 'approve', signed)).status, 200);
      await away.close();
    }
  });
});

describe('who asks, where a proxy is trusted', () => {
  const open = (networks: readonly string[]) =>
    testServer(routes, {
      people: createPeople(
        { trustedProxy: { header: 'x-auth-user', networks } },
        { nowSeconds: () => NOW, onFailure: () => undefined }
      )!,
    });
  const answerOf = async (networks: readonly string[], remoteAddress: string, headers: OutgoingHttpHeaders) => {
    const app = await open(networks);
    const response = await app.inject({
      method: 'POST',
      url: '/api/v1/approve',
      remoteAddress,
      headers: { authorization: 'Bearer a', ...headers },
    });
    await app.close();
    const body = response.json<Record<string, unknown>>();
    return response.statusCode === 200 ? `${String(body['name'])} via ${String(body['via'])}` : body['code'];
  };

  for (const [networks, peer, isTrusted] of [
    [['10.0.0.0/8'], '10.1.2.3', true],
    [['10.0.0.0/8'], '::ffff:10.1.2.3', true],
    [['10.0.0.0/8'], '11.0.0.1', false],
    [['192.0.2.7'], '192.0.2.7', true],
    [['192.0.2.7'], '192.0.2.8', false],
    [['10.0.0.0/8', 'fd00::/8'], 'fd12::1', true],
    [['fd00::/8'], 'fe80::1', false],
    [['fd00::1'], 'fd00::1', true],
    [['fd00::1'], '10.0.0.1', false],
  ] as const) {
    it(`${isTrusted ? 'believes' : 'does not believe'} ${peer} where ${networks.join(' and ')} may say so`, async () => {
      const answer = await answerOf(networks, peer, { 'x-auth-user': 'bob@example.org' });
      assert.equal(answer, isTrusted ? 'bob@example.org via proxy' : 'API_IDENTITY_MISSING');
    });
  }

  it('is not led astray by what others may send', async () => {
    const claims = { 'x-auth-user': 'root', 'x-forwarded-for': '10.0.0.1', forwarded: 'for=10.0.0.1' };
    assert.equal(await answerOf(['10.0.0.0/8'], '192.0.2.1', claims), 'API_IDENTITY_MISSING');
    assert.equal(await answerOf(['10.0.0.0/8'], '10.0.0.1', { 'x-grafana-user': 'root' }), 'API_IDENTITY_MISSING');
  });

  it('refuses a header that came twice, or holds no name', async () => {
    for (const value of [['bob', 'root'], '', ' ', 'a\u0001b', 'x'.repeat(201)]) {
      assert.equal(await answerOf(['10.0.0.0/8'], '10.0.0.1', { 'x-auth-user': value }), 'API_IDENTITY_INVALID');
    }
  });

  it('reads a name in UTF-8', async () => {
    const sent = Buffer.from('Zoë Ångström').toString('latin1');
    assert.equal(await answerOf(['10.0.0.0/8'], '10.0.0.1', { 'x-auth-user': sent }), 'Zoë Ångström via proxy');
  });
});

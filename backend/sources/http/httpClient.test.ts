import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { HeadroomError } from '../../errors/index.ts';
import type { HttpAccess } from './httpAccess.ts';
import { HttpClient } from './httpClient.ts';
import { answering, loopback, testDeps, type Loopback, type LoopbackAnswer as Answer } from './loopback.fixture.ts';
import { CONCURRENCY, WAITING_LIMIT } from './requestGate.ts';

const never = new AbortController().signal;
const REQUEST = { method: 'POST', path: '/ask', body: { mediaType: 'text/plain', text: 'q' }, query: 'q' } as const;
const OK = answering(200, { fine: true });
const TOKEN = 'glsa_do-not-show-this';

const hang: Answer = () => undefined;
const reset: Answer = (_, response) => {
  response.destroy();
};
const resetMidBody: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' });
  response.write('{"fine":', () => response.destroy());
};
const truncated: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"fine":true}', () => response.socket?.end());
};

function open(url: string, deps = testDeps(), more: Partial<HttpAccess> = {}): HttpClient {
  return new HttpClient({ name: 'src', url, ...more }, deps, (json) => {
    return typeof json === 'object' && json !== null && 'error' in json ? String(json.error) : undefined;
  });
}

async function withServer<T>(
  answers: readonly Answer[],
  use: (url: string, server: Loopback) => Promise<T>
): Promise<T> {
  const server = await loopback(...answers);
  try {
    return await use(server.url, server);
  } finally {
    await server.close();
  }
}

describe('HttpClient tries again', () => {
  const passing: ReadonlyArray<[what: string, answer: Answer]> = [
    ['a reset connection', reset],
    ['a reset in the middle of a body', resetMidBody],
    ['a body that ends before its length', truncated],
    ['a 503', answering(503, { error: 'starting' })],
    ['a 500', answering(500, '')],
    ['a 429', answering(429, { error: 'slow down' })],
    ['a 408', answering(408, '')],
  ];
  for (const [what, answer] of passing) {
    test(`after ${what}, and gets the answer`, () =>
      withServer([answer, OK], async (url, { requests }) => {
        const deps = testDeps();
        assert.deepEqual(await open(url, deps).send(REQUEST, never), { fine: true });
        assert.equal(requests.length, 2);
        assert.deepEqual(deps.waits, [0.25]);
      }));
  }

  test('after a timeout, and gets the answer', () =>
    withServer([hang, OK], async (url) => {
      assert.deepEqual(await open(url, testDeps(), { timeout: '200ms' }).send(REQUEST, never), { fine: true });
    }));

  test('three times in all, with waits that grow, then says what the last failure was', () =>
    withServer([answering(503, { error: 'still starting' })], async (url, { requests }) => {
      const deps = testDeps();
      await assert.rejects(open(url, deps).send(REQUEST, never), {
        code: 'SOURCE_UNAVAILABLE',
        message: `Source src failed at ${url}/ask with HTTP 503: still starting`,
      });
      assert.equal(requests.length, 3);
      assert.deepEqual(deps.waits, [0.25, 0.5]);
    }));

  test('no sooner than Retry-After asks, up to its own limit', () =>
    withServer(
      [answering(429, '', { 'retry-after': '3' }), answering(429, '', { 'retry-after': '86400' }), OK],
      async (url) => {
        const deps = testDeps();
        await open(url, deps).send(REQUEST, never);
        assert.deepEqual(deps.waits, [3, 15]);
      }
    ));

  const hopeless: ReadonlyArray<[status: number, code: string]> = [
    [400, 'SOURCE_QUERY_INVALID'],
    [422, 'SOURCE_QUERY_INVALID'],
    [401, 'SOURCE_UNAUTHORIZED'],
    [403, 'SOURCE_UNAUTHORIZED'],
    [404, 'SOURCE_ENDPOINT_MISSING'],
    [501, 'SOURCE_UNAVAILABLE'],
    [302, 'SOURCE_ANSWER_INVALID'],
  ];
  for (const [status, code] of hopeless) {
    test(`not after a ${status}`, () =>
      withServer([answering(status, ''), OK], async (url, { requests }) => {
        await assert.rejects(open(url).send(REQUEST, never), { code });
        assert.equal(requests.length, 1);
      }));
  }
});

describe('HttpClient ends', () => {
  test('with SOURCE_TIMEOUT where the server never answers', () =>
    withServer([hang], async (url) => {
      await assert.rejects(open(url, testDeps(), { timeout: '50ms' }).send(REQUEST, never), {
        code: 'SOURCE_TIMEOUT',
        message: `Source src did not answer within 50ms at ${url}/ask`,
      });
    }));

  test('with SOURCE_TIMEOUT where the body never ends', () =>
    withServer(
      [
        (_, response) => {
          response.writeHead(200).write('{');
        },
      ],
      async (url) => {
        await assert.rejects(open(url, testDeps(), { timeout: '50ms' }).send(REQUEST, never), {
          code: 'SOURCE_TIMEOUT',
        });
      }
    ));

  test('with SOURCE_UNREACHABLE where nobody listens, in words', async () => {
    const server = await loopback(OK);
    await server.close();
    await assert.rejects(open(server.url).send(REQUEST, never), {
      code: 'SOURCE_UNREACHABLE',
      message: `Source src cannot be reached at ${server.url}/ask: the connection was refused`,
    });
  });

  test("with the signal's reason while it waits for an answer, a retry or its turn", () =>
    withServer([hang], async (url) => {
      const client = open(url);
      const controller = new AbortController();
      const asked = Array.from({ length: CONCURRENCY + 3 }, () => client.send(REQUEST, controller.signal));
      const reason = new Error('enough');
      controller.abort(reason);
      for (const one of asked) {
        await assert.rejects(one, reason);
      }
    }));

  test("with the signal's reason during a retry's wait, by the built-in timer", () =>
    withServer([answering(503, '', { 'retry-after': '10' })], async (url) => {
      const { env, nowSeconds, random } = testDeps();
      const controller = new AbortController();
      const client = open(url, { env, nowSeconds, random } as ReturnType<typeof testDeps>);
      const asked = client.send(REQUEST, controller.signal);
      const reason = new Error('enough');
      setTimeout(() => {
        controller.abort(reason);
      }, 50);
      await assert.rejects(asked, reason);
    }));

  test('with SOURCE_CLOSED once closed, also what was under way', () =>
    withServer([hang], async (url) => {
      const client = open(url);
      const asked = Array.from({ length: CONCURRENCY + 3 }, () => client.send(REQUEST, never));
      const outcomes = Promise.allSettled(asked);
      await client.close();
      for (const outcome of await outcomes) {
        assert.ok(outcome.status === 'rejected' && (outcome.reason as HeadroomError).code === 'SOURCE_CLOSED');
      }
      await assert.rejects(client.send(REQUEST, never), { code: 'SOURCE_CLOSED' });
    }));
});

describe('HttpClient holds back', () => {
  test(`at most ${CONCURRENCY} requests at a time, at most ${WAITING_LIMIT} waiting`, async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    const slow: Answer = (_, response, request) => {
      held.push(response);
      most = Math.max(most, held.length);
      if (held.length >= CONCURRENCY) {
        for (const each of held.splice(0)) {
          OK('', each, request);
        }
      }
    };
    await withServer([slow], async (url) => {
      const client = open(url);
      const asked = Array.from({ length: CONCURRENCY + WAITING_LIMIT }, () => client.send(REQUEST, never));
      await assert.rejects(client.send(REQUEST, never), { code: 'SOURCE_BUSY' });
      await Promise.all(asked);
      assert.equal(most, CONCURRENCY);
    });
  });

  test('a crowd from a source that is down, and lets it in once a probe comes through', async () => {
    const server = await loopback(OK);
    const port = Number(new URL(server.url).port);
    await server.close();
    const deps = testDeps();
    const client = open(server.url, deps);
    const crowd = await Promise.allSettled(Array.from({ length: 200 }, () => client.send(REQUEST, never)));
    assert.ok(crowd.every(({ status }) => status === 'rejected'));
    // The first few try three times each; all others share their failure.
    assert.ok(deps.waits.length <= 2 * 2 * CONCURRENCY, `${deps.waits.length} waits`);
    const waitsBefore = deps.waits.length;
    await assert.rejects(client.send(REQUEST, never), { code: 'SOURCE_UNREACHABLE' });
    assert.equal(deps.waits.length, waitsBefore, 'a probe tries once');
    const revived = createServer((request, response) => {
      OK('', response, request);
    });
    await new Promise<void>((resolve) => revived.listen(port, '127.0.0.1', resolve));
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.send(REQUEST, never)));
    assert.equal(answers.length, 20);
    await client.close();
    await new Promise((resolve) => revived.close(resolve));
  });

  test('nobody because of one slow query among good ones', () =>
    withServer(
      [
        (body, response, request) => {
          if (body !== 'slow') {
            OK('', response, request);
          }
        },
      ],
      async (url) => {
        const client = open(url, testDeps(), { timeout: '60ms' });
        for (let round = 0; round < 5; round++) {
          const slow = client.send({ ...REQUEST, body: { mediaType: 'text/plain', text: 'slow' } }, never);
          await assert.rejects(slow, { code: 'SOURCE_TIMEOUT' });
          assert.deepEqual(await client.send(REQUEST, never), { fine: true });
        }
      }
    ));

  test('a body beyond its limit, also one that is small before it is unpacked', () =>
    withServer(
      [
        (_, response) => {
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(40 * 1024 * 1024, ' ')));
        },
      ],
      async (url) => {
        await assert.rejects(open(url).send(REQUEST, never), { code: 'SOURCE_ANSWER_TOO_LARGE' });
      }
    ));
});

describe('HttpClient shows who asks', () => {
  test('by bearer token, trimmed, and by further headers', () =>
    withServer([OK], async (url, { requests }) => {
      const access = { tokenEnv: 'TOKEN', headers: { 'X-Scope-OrgID': 'team-a' } };
      await open(url, testDeps({ TOKEN: `${TOKEN}\n` }), access).send(REQUEST, never);
      assert.equal(requests[0]?.headers.authorization, `Bearer ${TOKEN}`);
      assert.equal(requests[0].headers['x-scope-orgid'], 'team-a');
    }));

  test('by user and password', () =>
    withServer([OK], async (url, { requests }) => {
      const access = { basicAuth: { username: 'reader', passwordEnv: 'PASSWORD' } };
      await open(url, testDeps({ PASSWORD: 'pä:ss' }), access)
        .send(REQUEST, never)
        .catch((error: unknown) => {
          assert.equal((error as HeadroomError).code, 'SOURCE_SECRET_INVALID');
        });
      await open(url, testDeps({ PASSWORD: 'p:a ss' }), access).send(REQUEST, never);
      assert.equal(requests.at(-1)?.headers.authorization, `Basic ${Buffer.from('reader:p:a ss').toString('base64')}`);
    }));

  test('and names the variable that is missing, empty or unusable, without sending anything', () =>
    withServer([OK], async (url, { requests }) => {
      const access = { tokenEnv: 'TOKEN' };
      const missing = { code: 'SOURCE_SECRET_MISSING', message: /environment variable TOKEN/ };
      await assert.rejects(open(url, testDeps(), access).send(REQUEST, never), missing);
      await assert.rejects(open(url, testDeps({ TOKEN: ' ' }), access).send(REQUEST, never), missing);
      const unusable = open(url, testDeps({ TOKEN: `a\n${TOKEN}` }), access).send(REQUEST, never);
      await assert.rejects(unusable, { code: 'SOURCE_SECRET_INVALID' });
      assert.equal(requests.length, 0);
    }));

  test('never in an error, even where the source repeats the secret', async () => {
    const echo: Answer = (_, response, request) => {
      const { headers } = request;
      answering(401, { error: `bad token ${headers.authorization ?? ''}\u0007\n`.repeat(50) })('', response, request);
    };
    const html: Answer = (_, response, request) => {
      const { headers } = request;
      answering(200, `${headers.authorization ?? ''} is not known here`)('', response, request);
    };
    for (const answer of [echo, html, reset, hang]) {
      await withServer([answer], async (url) => {
        const access = { tokenEnv: 'TOKEN', timeout: '50ms' };
        const error: unknown = await open(url, testDeps({ TOKEN }), access)
          .send(REQUEST, never)
          .catch((reason: unknown) => reason);
        assert.ok(error instanceof HeadroomError);
        const shown = [error.message, error.action, error.stack, JSON.stringify(error.details), inspect(error)].join();
        assert.ok(!shown.includes(TOKEN) && !shown.includes(btoa(TOKEN)), shown);
        assert.ok(error.message.length < 500 && !/[\n\u0007]/.test(error.message));
      });
    }
  });

  test('not by credentials in the url, nor with headers that HTTP cannot carry', async () => {
    const inUrl = open(`http://me:${TOKEN}@127.0.0.1:1`).send(REQUEST, never);
    await assert.rejects(inUrl, (error: HeadroomError) => {
      return error.code === 'SOURCE_SETTINGS_INVALID' && !error.message.includes(TOKEN);
    });
    const bad = open('http://127.0.0.1:1', testDeps(), { headers: { 'a b': 'c' } }).send(REQUEST, never);
    await assert.rejects(bad, { code: 'SOURCE_SETTINGS_INVALID', message: /header "a b"/ });
  });
});

describe('HttpClient over TLS', () => {
  const directory = mkdtempSync(join(tmpdir(), 'headroom-tls-'));
  const file = (name: string) => join(directory, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });
  let skip: string | undefined;
  try {
    const ca = ['-subj', '/CN=test authority', '-keyout', 'ca.key', '-out', 'ca.pem'];
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', ...ca);
    for (const name of ['server', 'client']) {
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
      openssl('req', ...key, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
      writeFileSync(file('ext'), 'subjectAltName=DNS:prom.internal,IP:127.0.0.1\n');
      const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'ext'];
      openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-out', `${name}.pem`);
    }
  } catch {
    skip = 'openssl is not installed (apt-get install openssl)';
  }

  async function withTls(use: (url: string) => Promise<void>): Promise<void> {
    const read = (name: string) => readFileSync(file(name));
    const options = {
      key: read('server.key'),
      cert: read('server.pem'),
      ca: read('ca.pem'),
      requestCert: true,
      rejectUnauthorized: false,
    };
    const server = createTlsServer(options, (request, response) => {
      const { authorized } = request.socket as unknown as { authorized: boolean };
      response.end(JSON.stringify({ clientIsKnown: authorized }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await use(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
  after(() => {
    rmSync(directory, { recursive: true });
  });
  const deps = { ...testDeps(), directory };

  test('trusts the given authority only, and shows its own certificate', { skip }, () =>
    withTls(async (url) => {
      await assert.rejects(open(url, deps).send(REQUEST, never), {
        code: 'SOURCE_UNREACHABLE',
        message: /tls\.caFile/,
      });
      const trusting = open(url, deps, { tls: { caFile: 'ca.pem' } });
      assert.deepEqual(await trusting.send(REQUEST, never), { clientIsKnown: false });
      const known = open(url, deps, { tls: { caFile: 'ca.pem', certFile: 'client.pem', keyFile: 'client.key' } });
      assert.deepEqual(await known.send(REQUEST, never), { clientIsKnown: true });
      const named = open(url, deps, { tls: { caFile: 'ca.pem', serverName: 'prom.internal' } });
      assert.deepEqual(await named.send(REQUEST, never), { clientIsKnown: false });
      const misnamed = open(url, deps, { tls: { caFile: 'ca.pem', serverName: 'other.internal' } });
      await assert.rejects(misnamed.send(REQUEST, never), { code: 'SOURCE_UNREACHABLE', message: /another name/ });
      const careless = open(url, deps, { tls: { insecureSkipVerify: true } });
      assert.deepEqual(await careless.send(REQUEST, never), { clientIsKnown: false });
      await Promise.all([trusting, known, named, misnamed, careless].map((client) => client.close()));
    })
  );

  test('names a file that is missing or no certificate, and takes it as soon as it is there', { skip }, () =>
    withTls(async (url) => {
      const client = open(url, deps, { tls: { caFile: 'late.pem' } });
      await assert.rejects(client.send(REQUEST, never), {
        code: 'SOURCE_SETTINGS_INVALID',
        message: /late\.pem.*ENOENT/,
      });
      writeFileSync(file('late.pem'), readFileSync(file('server.key')));
      await assert.rejects(client.send(REQUEST, never), HeadroomError);
      writeFileSync(file('late.pem'), readFileSync(file('ca.pem')));
      assert.deepEqual(await client.send(REQUEST, never), { clientIsKnown: false });
      writeFileSync(file('garbage.pem'), 'garbage');
      const garbage = open(url, deps, { tls: { certFile: 'garbage.pem', keyFile: 'garbage.pem' } });
      await assert.rejects(garbage.send(REQUEST, never), { code: 'SOURCE_SETTINGS_INVALID', message: /tls: / });
      await client.close();
    })
  );
});

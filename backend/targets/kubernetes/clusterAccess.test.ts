import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { makeCertificates, opensslMissing } from './api/certificates.fixture.ts';
import { kubernetesClient } from './client.ts';
import type { ClusterAccess } from './clusterAccess.ts';
import { inClusterAccess } from './inClusterAccess.ts';
import { kubeconfigAccess } from './kubeconfigAccess.ts';
import { openSharedClient } from './sharedClient.ts';

const TARGET = 'hpa shop/checkout';
const { signal } = new AbortController();
const missing = opensslMissing();

const directory = await mkdtemp(join(tmpdir(), 'headroom-access-'));
const file = (name: string) => join(directory, name);
let believed = 'token-one-do-not-show';
const seen: string[] = [];

if (missing === false) {
  await makeCertificates(directory);
}
const server = missing === false ? await startServer() : undefined;
after(async () => {
  server?.closeAllConnections();
  server?.close();
  await rm(directory, { recursive: true, force: true });
});

async function startServer() {
  const [cert, key] = [await readFile(file('server.crt')), await readFile(file('server.key'))];
  const listening = createServer({ cert, key }, ({ headers }, response) => {
    seen.push(headers.authorization ?? 'nothing');
    const isBelieved = headers.authorization === `Bearer ${believed}`;
    response.writeHead(isBelieved ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: `as ${headers.authorization ?? 'nobody'}` }));
  }).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return listening;
}

const port = () => (server!.address() as AddressInfo).port;
const environment = () => ({ KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(port()) });

async function asks(access: ClusterAccess): Promise<unknown> {
  const client = kubernetesClient(access, 5);
  try {
    return (await client.get({ target: TARGET, path: '/apis', signal })).json;
  } finally {
    client.close();
  }
}

async function kubeconfig(name: string, user: object, cluster: object = {}): Promise<string> {
  const text = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'exam',
    clusters: [
      {
        name: 'exam',
        cluster: { server: `https://127.0.0.1:${port()}/`, 'certificate-authority': 'ca.crt', ...cluster },
      },
    ],
    users: [{ name: 'exam', user }],
    contexts: [{ name: 'exam', context: { cluster: 'exam', user: 'exam' } }],
  };
  await writeFile(file(name), JSON.stringify(text));
  return file(name);
}

describe("a pod's own cluster", { skip: missing }, () => {
  test('is asked with the token as it is now, over TLS that is checked', async () => {
    const access = inClusterAccess(TARGET, environment(), directory);
    for (const token of ['token-one-do-not-show', 'token-two-do-not-show']) {
      await writeFile(file('token'), `${token}\n`);
      believed = token;
      await asks(access);
      assert.equal(seen.at(-1), `Bearer ${token}`);
    }
  });

  test('that signs by another authority is not believed', async () => {
    await writeFile(file('token'), 'token-one-do-not-show');
    const other = await mkdtemp(join(tmpdir(), 'headroom-access-other-'));
    await makeCertificates(other);
    await writeFile(join(other, 'token'), 'token-one-do-not-show');
    await assert.rejects(asks(inClusterAccess(TARGET, environment(), other)), {
      code: 'TARGET_UNREACHABLE',
      message: /certificate/,
    });
    await rm(other, { recursive: true });
  });

  test('that no longer believes the token says so without it', async () => {
    await writeFile(file('token'), 'token-stale-do-not-show');
    believed = 'another';
    await assert.rejects(
      asks(inClusterAccess(TARGET, environment(), directory)),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'TARGET_FORBIDDEN');
        assert.doesNotMatch(inspect(error), /do-not-show/);
        return true;
      }
    );
  });

  test('without its files tells which', async () => {
    await assert.rejects(asks(inClusterAccess(TARGET, environment(), join(directory, 'nowhere'))), {
      code: 'TARGET_SETTINGS_INVALID',
      message: /nowhere\/token cannot be read/,
    });
  });

  test('is none where the environment names none', () => {
    for (const env of [{}, { KUBERNETES_SERVICE_HOST: 'h', KUBERNETES_SERVICE_PORT: '1/../x' }]) {
      assert.throws(() => inClusterAccess(TARGET, env), { code: 'TARGET_SETTINGS_INVALID' });
    }
  });
});

describe('a kubeconfig', { skip: missing }, () => {
  test('with a token is asked by it', async () => {
    believed = 'token-one-do-not-show';
    await asks(await kubeconfigAccess(TARGET, await kubeconfig('by-token', { token: believed })));
    assert.equal(seen.at(-1), `Bearer ${believed}`);
  });

  test('whose token was renewed on disk is read again when the old one is refused', async () => {
    const path = await kubeconfig('renewed', { token: 'token-old-do-not-show' });
    const access = await kubeconfigAccess(TARGET, path);
    await kubeconfig('renewed', { token: 'token-new-do-not-show' });
    believed = 'token-new-do-not-show';
    await asks(access);
    assert.deepEqual(seen.slice(-2), ['Bearer token-old-do-not-show', 'Bearer token-new-do-not-show']);
  });

  test('with a command is asked by what the command says, and shows nothing of it where it fails', async () => {
    believed = 'token-exec-do-not-show';
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: believed },
    };
    const exec = (script: string) => ({
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: process.execPath,
        args: ['-e', script],
        interactiveMode: 'Never',
      },
    });
    const works = await kubeconfig('by-command', exec(`console.log(${JSON.stringify(JSON.stringify(credential))})`));
    await asks(await kubeconfigAccess(TARGET, works));
    assert.equal(seen.at(-1), `Bearer ${believed}`);
    const fails = await kubeconfig('failing', exec(`console.error('token-exec-do-not-show'); process.exit(3)`));
    await assert.rejects(asks(await kubeconfigAccess(TARGET, fails)), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'TARGET_SETTINGS_INVALID');
      assert.doesNotMatch(inspect(error), /do-not-show/);
      return true;
    });
  });

  test('that sends credentials over plain http is refused', async () => {
    const path = await kubeconfig('plain', { token: 't' }, { server: 'http://127.0.0.1:1' });
    await assert.rejects(kubeconfigAccess(TARGET, path), { code: 'TARGET_SETTINGS_INVALID', message: /plain http/ });
  });
});

test(
  'one client serves all targets of an environment, and is opened anew after one that failed',
  { skip: missing },
  async () => {
    const env: Record<string, string> = { KUBECONFIG: file('not-yet') };
    await assert.rejects(openSharedClient(TARGET, env), { code: 'TARGET_SETTINGS_INVALID' });
    believed = 'token-one-do-not-show';
    await kubeconfig('not-yet', { token: believed });
    const [first, second] = [await openSharedClient(TARGET, env), await openSharedClient(TARGET, env)];
    first.close();
    first.close();
    await second.get({ target: TARGET, path: '/apis', signal });
    second.close();
  }
);

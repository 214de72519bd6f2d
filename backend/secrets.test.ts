import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { createGrafanaSigner } from './http/identity/grafanaSigner.fixture.ts';
import { rawRequest } from './rawRequest.fixture.ts';
import { startSidecarProcess, until } from './sidecarProcess.fixture.ts';

const COMMAND = fileURLToPath(new URL('./headroom.mjs', import.meta.url));

/** Every secret bears it. */
const MARKER = 'marker-of-a-secret';

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-secrets-'));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

it('keeps every secret of its environment, its sources and its callers to itself', async (context) => {
  const folder = folderOf(context);
  // A source and a Grafana that fail, and say whatever they were sent.
  const echo = createServer((request, response) => {
    response.writeHead(request.url?.includes('signing-keys') === true ? 500 : 400, {
      'content-type': 'application/json',
    });
    response.end(JSON.stringify({ status: 'error', errorType: 'bad_data', error: JSON.stringify(request.headers) }));
  });
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  context.after(() => echo.close());
  const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
  const source = (name: string, more: object) => ({ name, type: 'prometheus', url, ...more });
  const sources = [
    source('token', { tokenEnv: 'PROM_TOKEN' }),
    source('basic', { basicAuth: { username: 'headroom', passwordEnv: 'PROM_PASSWORD' } }),
    source('absent', { tokenEnv: 'NO_SUCH_VARIABLE' }),
    source('away', { url: 'http://127.0.0.1:1', tokenEnv: 'PROM_TOKEN' }),
  ];
  const workloads = sources.map(({ name }) => ({
    name,
    source: name,
    activity: { requests: { query: 'sum(requests)' } },
    forecast: { step: '10s', horizon: '5m', history: '1h', model: 'naive' },
  }));
  const configFile = join(folder, 'workloads.yaml');
  writeFileSync(configFile, stringify({ sources, workloads }));
  const secrets = {
    ...Object.fromEntries(
      ['READ', 'PROPOSE', 'APPROVE', 'SCALE', 'ADMIN'].map((each) => [`HEADROOM_TOKEN_${each}`, `${MARKER}-${each}`])
    ),
    PROM_TOKEN: `${MARKER}-prom-token`,
    PROM_PASSWORD: `${MARKER}-prom-password`,
    AWS_SECRET_ACCESS_KEY: `${MARKER}-aws`,
    DATABASE_PASSWORD: `${MARKER}-database`,
  };
  const sidecar = await startSidecarProcess(['serve', '--config', configFile], {
    HEADROOM_DATA_DIR: join(folder, 'data'),
    HEADROOM_LOG_LEVEL: 'trace',
    HEADROOM_GRAFANA_URL: url,
    ...secrets,
  });
  let told = '';
  sidecar.child.stdout!.on('data', (chunk: Buffer) => (told += chunk.toString()));
  sidecar.child.stderr!.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const identity = await (await createGrafanaSigner()).sign({ username: `${MARKER}-person` });
  let bodies = '';
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const answer = await rawRequest(sidecar.url, method, path, headers, body);
    bodies += `${method} ${path} ${answer.status} ${answer.body}\n`;
    return answer;
  };
  const admin = { authorization: `Bearer ${secrets['HEADROOM_TOKEN_ADMIN' as keyof typeof secrets]}` };
  await until('all sources have failed', async () => {
    const { body } = await rawRequest(sidecar.url, 'GET', '/api/v1/workloads', admin);
    const { workloads: all } = JSON.parse(body) as { workloads: Array<{ health: { state: string } }> };
    return all.length === sources.length && all.every(({ health }) => health.state === 'failing') ? true : undefined;
  });
  const document = JSON.parse((await ask('GET', '/openapi.json', {})).body) as {
    paths: Record<string, Record<string, unknown>>;
  };
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of Object.keys(methods)) {
      const filled = path.replace(/\{name\}/, 'token').replace(/\{\w+\}/g, 'none');
      const json = { 'content-type': 'application/json' };
      const body = method === 'get' || method === 'delete' ? undefined : '{"a":';
      await ask(method.toUpperCase(), filled, admin, undefined);
      await ask(method.toUpperCase(), filled, { ...admin, ...json, 'x-grafana-id': identity }, body);
      await ask(method.toUpperCase(), filled, { authorization: `Bearer ${MARKER}-unknown` });
      await ask(method.toUpperCase(), filled, { authorization: `Basic ${MARKER}-basic`, cookie: `${MARKER}-cookie` });
    }
  }
  for (const path of [
    '/metrics',
    '/prometheus/api/v1/query?query=up{',
    '/readyz',
    '/prometheus/api/v1/rules',
    '/none',
  ]) {
    await ask('GET', path, admin);
    await ask('GET', path, { authorization: `Bearer ${MARKER}-unknown` });
  }
  await ask(
    'POST',
    '/api/v1/forecasts/preview',
    { ...admin, 'content-type': 'application/json' },
    JSON.stringify({ query: { source: 'basic', query: 'up' }, horizon: 3 })
  );
  assert.equal(await sidecar.stop(), 0);
  const kept = readdirSync(join(folder, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
  assert.ok(bodies.length > 10_000 && told.includes('SOURCE_') && kept.length > 1000);
  for (const [where, text] of Object.entries({ answers: bodies, logs: told, files: kept })) {
    const at = text.indexOf(MARKER);
    assert.equal(at, -1, `${where}: ${text.slice(Math.max(0, at - 300), at + 60)}`);
    const base64 = Buffer.from(`headroom:${secrets.PROM_PASSWORD}`).toString('base64');
    assert.ok(!text.includes(base64), `${where} hold a password in Base64`);
    assert.ok(!text.includes(identity.slice(0, 60)), `${where} hold an identity`);
  }
});

it('refuses an environment without telling what is in it', async (context) => {
  const folder = folderOf(context);
  for (const env of [
    { HEADROOM_TOKEN: `a ${MARKER}` },
    { HEADROOM_TOKEN_READ: `${MARKER}\tx` },
    { HEADROOM_DATABASE_URL: `mysql://headroom:${MARKER}@127.0.0.1/headroom` },
    { HEADROOM_GRAFANA_URL: `https://admin:${MARKER}@grafana` },
  ]) {
    const child = spawn(process.execPath, [COMMAND, 'serve', '--demo'], {
      env: { ...process.env, HEADROOM_LISTEN: '127.0.0.1:0', HEADROOM_DATA_DIR: folder, ...env },
    });
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    assert.ok(code === 2, `${Object.keys(env)[0]}: ${String(code)} ${told}`);
    assert.ok(!told.includes(MARKER), told);
    assert.match(told, /CONFIG_/);
  }
});

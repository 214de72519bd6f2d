import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fastify } from 'fastify';
import { workbenchRoutes } from './workbench.ts';

test('a part that bears its hash is kept, and sent as the build has compressed it; the others are asked for again, and sent only where they changed', async (context) => {
  const root = mkdtempSync(join(tmpdir(), 'headroom-page-'));
  const folders = { page: join(root, 'page'), plugin: join(root, 'plugin') };
  const app = fastify();
  context.after(async () => {
    await app.close();
    rmSync(root, { recursive: true, force: true });
  });
  for (const folder of [join(folders.page, 'chunks'), join(folders.page, 'public'), folders.plugin]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(join(folders.page, 'index.html'), '<!doctype html>');
  writeFileSync(join(folders.page, 'main.js'), 'first');
  writeFileSync(join(folders.page, 'chunks/chunk-UQTM5GL7.js'), 'part');
  writeFileSync(join(folders.page, 'chunks/chunk-ZIPPED77.js'), 'plain');
  writeFileSync(join(folders.page, 'chunks/chunk-ZIPPED77.js.gz'), gzipSync('as it was built'));
  writeFileSync(join(folders.plugin, 'module.js'), 'module');
  await app.register((scope) => workbenchRoutes(scope, folders));
  const ask = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

  const part = await ask('/workbench/chunks/chunk-UQTM5GL7.js');
  assert.match(String(part.headers['cache-control']), /immutable/);
  const zipped = await ask('/workbench/chunks/chunk-ZIPPED77.js', { 'accept-encoding': 'gzip' });
  assert.equal(zipped.headers['content-encoding'], 'gzip');
  assert.match(String(zipped.headers['content-type']), /javascript/);
  assert.match(String(zipped.headers['cache-control']), /immutable/);
  assert.equal(gunzipSync(zipped.rawPayload).toString(), 'as it was built');
  assert.equal((await ask('/workbench/chunks/chunk-ZIPPED77.js')).body, 'plain');
  const module = await ask('/public/plugins/headroom-capacity-app/module.js');
  assert.equal(module.headers['cache-control'], 'no-cache');
  const main = await ask('/workbench/main.js');
  assert.equal(main.headers['cache-control'], 'no-cache');
  const known = { 'if-none-match': String(main.headers.etag) };
  assert.equal((await ask('/workbench/main.js', known)).statusCode, 304);
  writeFileSync(join(folders.page, 'main.js'), 'another');
  const changed = await ask('/workbench/main.js', known);
  assert.deepEqual([changed.statusCode, changed.body], [200, 'another']);
});

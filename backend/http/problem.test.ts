import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { pino } from 'pino';
import { z } from 'zod';
import { defineRoute } from './app/apiRoute.ts';
import { createServer } from './index.ts';

test('who leaves before the answer is no failure of ours, and one that is stays in the log', async () => {
  const lines: string[] = [];
  const arrived = Promise.withResolvers<undefined>();
  const left = Promise.withResolvers<undefined>();
  const route = (path: string, handle: (signal: AbortSignal) => Promise<never>) =>
    defineRoute({
      method: 'GET',
      path,
      operation: `get${path.slice(1)}`,
      summary: 'Waits',
      permission: 'read',
      response: z.object({}),
      handle: ({ signal }) => handle(signal),
    });
  const app = await createServer({
    access: { tokens: new Map(), isReadPublic: false },
    version: '0.0.0',
    routes: [
      route('/waits', async (signal) => {
        arrived.resolve(undefined);
        await once(signal, 'abort');
        setImmediate(left.resolve, undefined);
        throw signal.reason;
      }),
      route('/breaks', () => Promise.reject(new TypeError('inner'))),
    ],
    readiness: () => ({ isReady: true, reasons: [] }),
    plugins: [],
    logger: pino({ level: 'error' }, { write: (line: string) => lines.push(line) }),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  try {
    const client = new AbortController();
    const answer = fetch(`${url}/api/v1/waits`, { signal: client.signal });
    await arrived.promise;
    client.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    await left.promise;
    assert.equal((await fetch(`${url}/api/v1/breaks`)).status, 500);
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /inner/);
  } finally {
    await app.close();
  }
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fastify } from 'fastify';
import type { SampleSource } from '../../../promql/index.ts';
import { knock, warmUp } from './warmUp.ts';

describe('warmUp', () => {
  it('asks queries of samples that are there, and none once it is aborted', async () => {
    const abort = new AbortController();
    const asked: string[] = [];
    let found = 0;
    const serve = (source: SampleSource) => {
      const app = fastify();
      app.get('/prometheus/api/v1/:path', async ({ params, query }) => {
        const { path } = params as { readonly path: string };
        const { end, time = end } = query as { readonly end?: string; readonly time?: string };
        asked.push(path);
        const atMs = Number(time) * 1000;
        found += (await source.select([], { minMs: atMs, maxMs: atMs, lookbackMs: 60_000 })).length;
        if (asked.length === 3) {
          abort.abort();
        }
        return {};
      });
      return app;
    };
    await warmUp(serve, abort.signal);
    assert.deepEqual(asked, ['query', 'query_range', 'query_range']);
    assert.equal(found, 15);
  });
});

describe('knock', () => {
  it('asks the health of a server that listens, and nothing of one that does not', async () => {
    const app = fastify();
    let count = 0;
    app.get('/healthz', () => ({ count: ++count }));
    await knock(app.server);
    assert.equal(count, 0);
    await app.listen({ host: '127.0.0.1', port: 0 });
    await knock(app.server);
    await app.close();
    assert.equal(count, 1);
  });
});

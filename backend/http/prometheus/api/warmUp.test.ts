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

  it('goes on with days of one series, each after a pause, and ends in a pause when it is aborted', async () => {
    const abort = new AbortController();
    const pauses: number[] = [];
    let asked = 0;
    const serve = () => {
      const app = fastify();
      app.get('/prometheus/api/v1/:path', () => ({ asked: ++asked }));
      return app;
    };
    await warmUp(serve, abort.signal, () => {
      pauses.push(asked);
      if (pauses.length === 4) {
        abort.abort();
        return Promise.reject(new DOMException('aborted', 'AbortError'));
      }
      return Promise.resolve();
    });
    const [first = 0] = pauses;
    assert.deepEqual(pauses, [first, first + 1, first + 2, first + 3]);
    assert.equal(asked, first + 3);
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

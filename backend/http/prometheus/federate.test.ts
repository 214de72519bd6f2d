import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fastify, type FastifyInstance } from 'fastify';
import { LabelSet, MemorySamples } from '../../promql/index.ts';
import { exampleFleet } from './fleet/exampleFleet.ts';
import { prometheusRoutes } from './prometheusRoutes.ts';

const NOW = 1_790_000_123;

async function serving(samples?: MemorySamples, tokens = new Map<string, 'read'>()): Promise<FastifyInstance> {
  const app = fastify();
  await app.register((scope) =>
    prometheusRoutes(scope, {
      fleet: exampleFleet({ nowSeconds: NOW }),
      access: { tokens, isReadPublic: tokens.size === 0 },
      version: '0.1.0',
      ...(samples === undefined
        ? {}
        : { openSource: () => ({ select: (matchers, range) => samples.select(matchers, range), notices: () => [] }) }),
    })
  );
  return app;
}

function memoryOf(series: ReadonlyArray<readonly [Record<string, string>, number, number, boolean?]>): MemorySamples {
  const samples = new MemorySamples();
  for (const [labels, agoSeconds, value, isStale = false] of series) {
    samples.store(LabelSet.from(labels), {
      timestamps: Float64Array.of((NOW - agoSeconds) * 1000),
      values: Float64Array.of(value),
      stale: Uint8Array.of(isStale ? 1 : 0),
    });
  }
  return samples;
}

async function federated(app: FastifyInstance, ...selectors: readonly string[]): Promise<string> {
  const query = new URLSearchParams(selectors.map((selector): [string, string] => ['match[]', selector])).toString();
  const response = await app.inject({ url: `/prometheus/federate?${query}` });
  assert.equal(response.statusCode, 200, response.body);
  assert.match(String(response.headers['content-type']), /^text\/plain; version=0\.0\.4/);
  return response.body;
}

describe('federate', () => {
  it('writes each series that is asked for once, by name, with the time of its sample', async () => {
    const app = await serving(
      memoryOf([
        [{ __name__: 'b', x: '1' }, 10, 2],
        [{ __name__: 'a', x: 'a "b"\\\n', instance: 'i' }, 0, Number.POSITIVE_INFINITY],
        [{ __name__: 'a', x: '2' }, 299, Number.NaN],
      ])
    );
    assert.equal(
      await federated(app, '{__name__=~"a|b"}', 'a{x="2"}'),
      [
        '# TYPE a untyped',
        `a{instance="i",x="a \\"b\\"\\\\\\n"} +Inf ${String(NOW * 1000)}`,
        `a{x="2",instance=""} NaN ${String((NOW - 299) * 1000)}`,
        '# TYPE b untyped',
        `b{x="1",instance=""} 2 ${String((NOW - 10) * 1000)}`,
        '',
      ].join('\n')
    );
  });

  it('leaves out what no longer holds, is stale, is still to come, or was not asked for', async () => {
    const app = await serving(
      memoryOf([
        [{ __name__: 'old' }, 300, 1],
        [{ __name__: 'gone' }, 10, 1, true],
        [{ __name__: 'later' }, -10, 1],
      ])
    );
    assert.equal(await federated(app, '{__name__=~".+"}'), '');
    assert.equal(await federated(app), '');
  });

  it("carries the fleet's present", async () => {
    const text = await federated(await serving(), 'headroom_actual', 'headroom_forecast{quantile="0.9"}');
    assert.match(text, /^# TYPE headroom_actual untyped\nheadroom_actual\{/);
    assert.match(text, /\n# TYPE headroom_forecast untyped\nheadroom_forecast\{.*quantile="0\.9".*\} \S+ \d{13}\n/);
    assert.equal(/quantile="0\.5"/.test(text), false);
  });

  it('refuses what is no selector, other methods, and readers without a token', async () => {
    const app = await serving();
    const bad = await app.inject({ url: '/prometheus/federate?match[]=sum(a)' });
    assert.deepEqual([bad.statusCode, bad.body], [400, '1:4: parse error: unexpected "("\n']);
    for (const method of ['HEAD', 'POST', 'PUT', 'OPTIONS'] as const) {
      assert.equal((await app.inject({ method, url: '/prometheus/federate' })).statusCode, 405, method);
    }
    const guarded = await serving(undefined, new Map([['secret', 'read']]));
    assert.equal((await guarded.inject({ url: '/prometheus/federate?match[]=up' })).statusCode, 401);
  });
});

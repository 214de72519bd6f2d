import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { fastify, type FastifyInstance } from 'fastify';
import { openMetrics } from '../../exams/openMetrics.ts';
import { promqlQuery, queryTestSeries } from '../../exams/promqlQuery.ts';
import { prometheusMissing, startPrometheus, type PrometheusServer } from '../../exams/prometheusServer.ts';
import { LabelSet, MemorySamples } from '../../promql/index.ts';
import { almostEqual } from '../../promql/testNotation/almostEqual.ts';
import { seededRandom } from '../../random/index.ts';
import { exampleFleet } from './fleet/exampleFleet.ts';
import { prometheusRoutes } from './index.ts';

type Parameters = Readonly<Record<string, string>> | ReadonlyArray<readonly [string, string]>;

interface Body {
  readonly status?: string;
  readonly errorType?: string;
  readonly error?: string;
  readonly data?: unknown;
}

interface Reply extends Body {
  readonly code: number;
}

interface QueryData {
  readonly resultType: string;
  readonly result: ReadonlyArray<{
    readonly metric: Readonly<Record<string, string>>;
    readonly value: readonly [number, string];
  }>;
  readonly stats: {
    readonly timings: Readonly<Record<string, number>>;
    readonly samples: Readonly<Record<string, unknown>>;
  };
}

/** Debian's Prometheus is 2.42. What 3.5 does otherwise is in the tests of the language, not here. */
describe("the API beside a real Prometheus'", { skip: prometheusMissing() }, () => {
  let prometheus: PrometheusServer;
  let app: FastifyInstance;
  let ours: string;

  before(async () => {
    const series = queryTestSeries(seededRandom(3));
    const samples = new MemorySamples();
    for (const { labels, timestamps, values } of series) {
      samples.store(LabelSet.from(labels), { timestamps, values });
    }
    prometheus = await startPrometheus(openMetrics(series), ['promql-per-step-stats']);
    app = fastify();
    await app.register((scope) =>
      prometheusRoutes(scope, {
        fleet: exampleFleet({ nowSeconds: 1_790_000_123 }),
        access: { tokens: new Map(), isReadPublic: true },
        version: '0.1.0',
        openSource: () => ({ select: (matchers, range) => samples.select(matchers, range), notices: () => [] }),
      })
    );
    await app.listen({ host: '127.0.0.1', port: 0 });
    ours = `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}/prometheus`;
  });

  after(async () => {
    await prometheus.stop();
    await app.close();
  });

  async function ask(base: string, path: string, init: RequestInit = {}): Promise<Reply> {
    const response = await fetch(`${base}${path}`, init);
    const text = await response.text();
    return { code: response.status, ...(text.startsWith('{') ? (JSON.parse(text) as Body) : { error: text }) };
  }

  async function both(path: string, init?: RequestInit): Promise<readonly [Reply, Reply]> {
    return await Promise.all([ask(ours, path, init), ask(prometheus.url, path, init)]);
  }

  function address(endpoint: string, parameters: Parameters): string {
    return `/api/v1/${endpoint}?${new URLSearchParams(parameters as Record<string, string>).toString()}`;
  }

  /** The same status, kind of error and data; the same message too, but for how it begins, where `sayTheSame`. */
  async function agree(path: string, init?: RequestInit, sayTheSame = true): Promise<void> {
    const [own, peer] = await both(path, init);
    const where = `${path} ${JSON.stringify(init ?? {})}\n${JSON.stringify(own)}\n${JSON.stringify(peer)}`;
    assert.equal(own.code, peer.code, where);
    assert.equal(own.errorType, peer.errorType, where);
    assert.deepEqual(own.data, peer.data, where);
    if (sayTheSame && peer.errorType !== undefined) {
      assert.equal(own.error?.toLowerCase(), peer.error?.toLowerCase(), where);
    }
  }

  it('has the same type, labels and values at an instant, reads as many samples, and fails the same way', async () => {
    await fc.assert(
      fc.asyncProperty(promqlQuery({ isPortable: true }), fc.integer({ min: 0, max: 3600 }), async (query, seconds) => {
        const path = address('query', { query, time: `${String(seconds)}.001`, stats: 'all' });
        const [own, peer] = await both(path);
        assert.equal(own.code, peer.code, `${own.error ?? ''} ${peer.error ?? ''}`);
        assert.equal(own.errorType, peer.errorType);
        if (peer.code !== 200) {
          return;
        }
        const [mine, theirs] = [own.data as QueryData, peer.data as QueryData];
        assert.deepEqual(mine.stats.samples['totalQueryableSamples'], theirs.stats.samples['totalQueryableSamples']);
        assert.equal(mine.resultType, theirs.resultType);
        const values = new Map(mine.result.map(({ metric, value }) => [LabelSet.from(metric).key, value]));
        assert.equal(values.size, theirs.result.length);
        for (const { metric, value } of theirs.result) {
          const [time, text] = values.get(LabelSet.from(metric).key) ?? [];
          assert.equal(time, value[0]);
          const [a, b] = [Number(text?.replace('Inf', 'Infinity')), Number(value[1].replace('Inf', 'Infinity'))];
          assert.ok(almostEqual(a, b, 1e-9) || Math.abs(a - b) < 1e-9, `${JSON.stringify(metric)}: ${a} and ${b}`);
        }
      }),
      { numRuns: 1000 }
    );
  });

  it('counts samples as often as a step sees them, in all and by step', async () => {
    const range = { start: '600.001', end: '1200.001', step: '61', stats: 'all' };
    for (const query of [
      'gauge',
      'gauge{a="x"} + on (a, b) events_total',
      'sum by (a) (rate(events_total[7m]))',
      'sum_over_time(gauge[7m:13s])',
      'max_over_time(sum(gauge)[10m:17s] offset 1m) + count(sparse)',
      'gauge @ 700.5',
      'gauge + sum(gauge @ 700.5)',
      'sum_over_time(gauge[5m] @ 900.7) / 2',
      'timestamp(gauge)',
      'absent(nothing)',
      'time()',
      '1',
      'topk(1, gauge) or sparse',
    ]) {
      for (const path of [
        address('query_range', { query, ...range }),
        address('query', { query, time: '1800.001', stats: 'all' }),
      ]) {
        const [own, peer] = await both(path);
        const [mine, theirs] = [(own.data as QueryData).stats, (peer.data as QueryData).stats];
        assert.deepEqual(Object.keys(mine.timings), Object.keys(theirs.timings));
        assert.deepEqual(Object.keys(mine.samples), Object.keys(theirs.samples));
        // What is held at once is counted by series here, by sample there.
        assert.deepEqual({ ...mine.samples, peakSamples: 0 }, { ...theirs.samples, peakSamples: 0 }, path);
      }
    }
    const [own, peer] = await both(address('query', { query: 'gauge', time: '1800', stats: 'true' }));
    assert.deepEqual(
      Object.keys((own.data as QueryData).stats.samples),
      Object.keys((peer.data as QueryData).stats.samples)
    );
  });

  it('refuses what is no query in the same words', async () => {
    for (const query of REFUSED) {
      for (const path of [
        address('query', { query, time: '1800' }),
        address('format_query', { query }),
        address('series', { 'match[]': query }),
        address('labels', { 'match[]': query }),
        address('label/a/values', { 'match[]': query }),
      ]) {
        await agree(path);
      }
      // 2.42 leaves out which parameter it was.
      await agree(address('query_range', { query, start: '600', end: '1200', step: '61' }), undefined, false);
    }
    for (const query of REFUSED_OTHERWISE) {
      await agree(address('query', { query, time: '1800' }), undefined, false);
    }
  });

  it('writes queries the same way', async () => {
    for (const query of FORMATTED) {
      await agree(address('format_query', { query }));
    }
  });

  it('reads times and durations the same way', async () => {
    for (const time of TIMES) {
      await agree(address('query', { query: 'gauge', time }));
      await agree(address('query_range', { query: 'gauge', start: time, end: '1800', step: '60' }));
      await agree(address('query_range', { query: 'gauge', start: '1', end: time, step: '61' }));
      await agree(address('series', { 'match[]': 'gauge', start: time }));
      await agree(address('series', { 'match[]': 'gauge', end: time }));
      for (const endpoint of ['labels', 'label/a/values']) {
        await agree(address(endpoint, { start: time }));
      }
    }
    for (const duration of DURATIONS) {
      const range = { query: 'gauge', start: '600.5', end: '1200' };
      await agree(address('query_range', { ...range, step: duration }), undefined, false);
      await agree(address('query_range', { ...range, step: '60', timeout: duration }), undefined, false);
      await agree(address('query', { query: 'gauge', time: '1800', timeout: duration }), undefined, false);
    }
  });

  it('finds the same series, labels and values', async () => {
    for (const selectors of SELECTORS) {
      const matching = selectors.map((text) => ['match[]', text] as const);
      for (const limits of [[], [['start', '2000'] as const, ['end', '1000'] as const]]) {
        await agree(address('series', [...matching, ...limits]));
      }
      for (const endpoint of [
        'labels',
        'label/a/values',
        'label/le/values',
        'label/__name__/values',
        'label/x/values',
      ]) {
        await agree(address(endpoint, matching));
      }
    }
    for (const name of ['1x', 'a-b', '%20']) {
      // 3.5 takes any text for a label's name, which then no series has.
      assert.equal((await ask(ours, `/api/v1/label/${name}/values`)).code, 200);
    }
  });

  it('reads forms, addresses and methods the same way', async () => {
    const form = (body: string, type = 'application/x-www-form-urlencoded'): RequestInit => ({
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    await agree('/api/v1/query?query=2&time=5', form('query=1'));
    await agree('/api/v1/query?time=5', form('query=time()&time=6'));
    await agree('/api/v1/query?query=time()&time=5', form(''));
    await agree('/api/v1/query?query=1&query=2&time=1');
    await agree('/api/v1/query?query=1&time=1&x=%zz&y=1;z');
    await agree('/api/v1/query', form('query=1&time=1', 'Application/X-WWW-Form-Urlencoded; charset=UTF-8'));
    await agree('/api/v1/query?query=1&time=1', form('{"query":"2"}', 'application/json'));
    await agree('/api/v1/query?query=gauge%7Ba%3D%22%ff%22%7D');
    for (const nothing of ['/api/v1/query?query=%zz', '/api/v1/query?query=1;time=1', '/api/v1/query?query=']) {
      await agree(nothing, undefined, false);
    }
    await agree('/api/v1/query', form('query=1', 'text/plain'), false);
    await agree('/api/v1/query', form('query=1', ';;;'), false);
    for (const method of ['HEAD', 'PUT', 'DELETE', 'PATCH']) {
      for (const path of ['/api/v1/query', '/api/v1/query_range', '/api/v1/labels', '/api/v1/rules', '/federate']) {
        const [own, peer] = await both(path, { method });
        assert.deepEqual([method, path, own.code], [method, path, peer.code]);
      }
    }
    assert.equal((await ask(ours, '/api/v1/query', { method: 'OPTIONS' })).code, 405);
  });

  it('federates the same way', async () => {
    for (const query of ['', '?match[]=gauge', '?match[]=%7B%7D', '?match[]=%7B', '?match[]=nothing']) {
      const [own, peer] = await Promise.all(
        [ours, prometheus.url].map(async (base) => {
          const response = await fetch(`${base}/federate${query}`);
          return [response.status, response.headers.get('content-type'), await response.text()] as const;
        })
      );
      assert.deepEqual(own, peer, query);
    }
  });
});

const REFUSED = [
  ...['gauge{', 'gauge}', 'gauge{a=}', 'gauge{a="x"', 'sum(', 'sum)'],
  ...['foo(gauge)', 'gauge{a!"x"}', 'gauge{a=="x"}', 'gauge{a=1}', 'gauge{,}', 'gauge{a="x",,}', '()', '(gauge'],
  ...['gauge)', "'unterminated", '`raw', '"bad \\q escape"', 'é', 'gauge{é="x"}', 'a$', '$a', '[5m]', '!gauge'],
  ...['gauge !~ 1', 'gauge ^^ 1', '1 + ', '+ 1 +', 'gauge + on(a) bool gauge', 'sum by (a gauge)', '1:', 'a.b'],
];

/** 3.5 says something else of these, of the same kind. */
const REFUSED_OTHERWISE = [
  ...[
    '',
    ' ',
    '#',
    'gauge @',
    'gauge @ x',
    'gauge @ end(',
    'gauge[]',
    'gauge offset',
    'gauge{a=~"("}',
    'sum by a (gauge)',
    '1e',
    '0x',
    '0xg',
    '1__0',
  ],
  ...['"\\xZZ"', 'gauge[5m', 'gauge[5m:1m', 'gauge[5m:1m:1m]', 'gauge[-5m]', 'gauge @ 1e300', 'gauge @ Inf', '@'],
  ...['rate(gauge)', 'sum(gauge[5m])', 'gauge[0s]', 'abs()', 'abs(gauge, gauge)', 'abs(1)', '{}', '{a=~".*"}'],
  ...['1 == 1', '1 and 1', 'gauge and 1', '"a" + 1', 'gauge and on(a) group_left gauge', 'topk(gauge)', 'topk(1)'],
  ...['topk("x", gauge)', 'quantile(gauge, gauge)', 'count_values(1, gauge)', 'gauge + on(a) events_total', 'sum(1)'],
  ...['gauge + on() group_left events_total', 'label_replace(gauge, "d", "$1", "a", "(")', 'scalar(1)', '-gauge[5m]'],
  ...['label_replace(gauge, "a", "same", "b", ".*")', 'gauge offset 1m offset 2m', 'gauge @ 1 @ 2', 'minute("x")'],
  ...['gauge + on (a) group_left (a) gauge', '(1)[5m:]', '1[5m]', 'gauge[999999999999y]', 'topk(1e300, gauge)'],
];

const FORMATTED = [
  ...['gauge', 'gauge{a="x",b!="1"}', '{__name__="gauge"}', 'gauge offset 5m', 'gauge offset -90s', 'gauge @ 1.5'],
  ...['gauge @ start()', 'rate(gauge[5m])', 'rate(gauge[1h30m] offset 1d)', 'max_over_time(rate(gauge[5m])[1h:1m])'],
  ...['sum by (a, b) (gauge)', 'sum(gauge) by (a)', 'sum without () (gauge)', 'topk(5, gauge)', '1 + 2 * 3', '-gauge'],
  ...['gauge + on (a) group_left (b) events_total', 'gauge and ignoring (b) events_total', 'gauge == bool 1', '0x10'],
  ...['2 ^ 3 ^ 2', '(gauge)', '"a\\"b"', "'a'", '`a\\b`', 'NaN', 'Inf', '-Inf', '1e3', '.5', 'time()', '--1'],
  ...['label_replace(gauge, "very_long_destination", "$1-and-some-more-text", "source_label", "(.*)-(.*)-(.*)")'],
  'sum by (a) (rate(events_total{a="x",b="1"}[5m])) / ignoring (b) group_left () sum by (a) (rate(wait_bucket{le="+Inf"}[5m]))',
  'histogram_quantile(0.99, sum by (le) (rate(wait_bucket{a="x"}[5m])) + sum by (le) (rate(wait_bucket{a="y"}[5m])))',
];

const TIMES = [
  ...['x', '1800', '1800.5', '1e3', '-1', '1970-01-01T00:30:00Z', '1970-01-01T00:30:00', '1970-01-01', ' 1800'],
  ...['1970-01-01t00:30:00z', '1970-01-01T00:30:00+01:00', '1970-01-01T00:30:00.123456789Z', '1970-13-01T00:30:00Z'],
  ...['1970-02-30T00:00:00Z', '1970-01-01T24:00:00Z', '1970-01-01T00:00:60Z', '1970-01-01T00:00:00,5Z', '1800s', '30m'],
  ...['1970-01-01T00:00:00+24:00', '1970-01-01T00:30:00-00:60', '9223372036', '-9223372036'],
];

const DURATIONS = [
  ...['', '0', '-1', '1', '0.5', '1m', '1m30s', '30s1m', '1.5m', '1h1', 'x', 'Inf', '-Inf', '1e300', '1y', '300y'],
  ...['293y', '9223372036', '9223372037', '0s', '-1m', '1M', '1 m', '+5', '5.'],
];

const SELECTORS = [
  ...[['gauge'], ['gauge{a="x"}', 'gauge{a="y"}'], ['{a=~"x|y",b="1"}'], ['{__name__=~"g.*"}', 'sparse'], ['nothing']],
  ...[['gauge{a!="x"}'], ['wait_bucket{le="+Inf"}', 'gauge{'], ['{}'], ['{a=~".*"}'], ['gauge{b=""}'], ['rate(gauge)']],
];

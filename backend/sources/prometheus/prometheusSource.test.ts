import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sourceExam, truthOf } from '../../exams/source.ts';
import { gridEnd, timeAt, type TimeGrid } from '../../timeseries/index.ts';
import { createSource } from '../createSource.ts';
import { answering, loopback, testDeps, type Loopback } from '../http/loopback.fixture.ts';
import { fakePrometheus, type FakeSeries } from './fakePrometheus.fixture.ts';

const GRID: TimeGrid = { startSeconds: 1_790_000_100, stepSeconds: 300, length: 400 };
const never = new AbortController().signal;

function fakeSeries(grid: TimeGrid, values: readonly number[], metric: Record<string, string> = {}): FakeSeries {
  const truth = truthOf(grid, values);
  return {
    metric,
    at: (time) => {
      const value = truth(time);
      return Number.isNaN(value) ? undefined : String(value);
    },
  };
}

async function withServer<T>(
  server: Promise<Loopback>,
  use: (url: string, server: Loopback) => Promise<T>
): Promise<T> {
  const running = await server;
  try {
    return await use(running.url, running);
  } finally {
    await running.close();
  }
}

function open(url: string, deps = testDeps(), more: object = {}) {
  return createSource({ name: 'prom', type: 'prometheus', url, ...more }, deps);
}

sourceExam('PrometheusSource', async () => {
  const values = Array.from({ length: GRID.length }, (_, index) => (index % 7 === 3 ? Number.NaN : index * 1.25));
  const server = await loopback(fakePrometheus({ demand: [fakeSeries(GRID, values, { job: 'a' })] }));
  return {
    source: open(server.url),
    query: { query: 'demand' },
    grid: GRID,
    truth: truthOf(GRID, values),
    emptyGrid: { ...GRID, startSeconds: gridEnd(GRID) + 300_000 },
    unknownQuery: { query: 'nothing_of_that_name' },
    breakDown: () => server.close(),
    dispose: () => server.close(),
  };
});

describe('PrometheusSource reads', () => {
  test('any grid exactly, in requests of fewer than 11,000 points, whatever its start and step', async () => {
    const at = (time: number) =>
      Math.round(time * 1000) % 5 === 0
        ? undefined
        : (1000 * Math.abs(Math.sin(Math.round(time * 1000) % 1e6))).toFixed(3);
    await withServer(loopback(fakePrometheus({ q: [{ metric: {}, at }] })), async (url, { requests }) => {
      const source = open(url);
      const grids = fc.record({
        startSeconds: fc.oneof(
          fc.integer({ min: 0, max: 2e9 }),
          fc.integer({ min: 1e12, max: 2e12 }).map((ms) => ms / 1000)
        ),
        stepSeconds: fc.constantFrom(1, 15, 60, 300, 3600, 0.5),
        length: fc.oneof(
          fc.integer({ min: 1, max: 40 }),
          fc.constantFrom(9_999, 10_000, 10_001, 11_000, 11_001, 23_456)
        ),
      });
      await fc.assert(
        fc.asyncProperty(grids, async (grid) => {
          requests.length = 0;
          const { series, warnings } = await source.history({ query: 'q' }, grid, never);
          const expected = Float64Array.from({ length: grid.length }, (_, index) => Number(at(timeAt(grid, index))));
          assert.deepEqual(series[0]?.series.values ?? new Float64Array(grid.length).fill(Number.NaN), expected);
          assert.deepEqual(warnings, []);
          assert.equal(requests.length, Math.ceil(grid.length / 10_000));
        }),
        { numRuns: 40 }
      );
      await source.close();
    });
  });

  test('NaN, infinities and stale markers as gaps, numbers in every notation as numbers', async () => {
    const texts = ['NaN', '+Inf', '-Inf', 'Inf', '0', '-0.5', '1e3', '1.5E-7', '+4', '.5'];
    const answer = {
      status: 'success',
      data: { resultType: 'matrix', result: [{ metric: {}, values: texts.map((text, i) => [i * 60, text]) }] },
    };
    await withServer(loopback(answering(200, answer)), async (url) => {
      const { series } = await open(url).history(
        { query: 'q' },
        { startSeconds: 0, stepSeconds: 60, length: 10 },
        never
      );
      const { NaN: gap } = Number;
      assert.deepEqual([...series[0]!.series.values], [gap, gap, gap, gap, 0, -0.5, 1000, 1.5e-7, 4, 0.5]);
    });
  });

  test('samples out of order and twice: each at its instant, the later of two, and a warning where they differ', async () => {
    const values = [
      [120, '3'],
      [0, '1'],
      [60, '2'],
      [60, '2'],
      [120, '4'],
      [-60, '9'],
      [240, '9'],
    ];
    const answer = { status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values }] } };
    await withServer(loopback(answering(200, answer)), async (url) => {
      const { series, warnings } = await open(url).history(
        { query: 'q' },
        { startSeconds: 0, stepSeconds: 60, length: 4 },
        never
      );
      assert.deepEqual([...series[0]!.series.values], [1, 2, 4, Number.NaN]);
      assert.deepEqual(warnings, ['1 sample(s) came twice with different values; the later one was taken']);
    });
  });

  test('more series than one with a warning, ordered by their labels, and latest as missing', async () => {
    const series = ['b', 'a', 'c'].map((pod) => fakeSeries(GRID, [1, 2, 3], { pod }));
    await withServer(loopback(fakePrometheus({ q: series })), async (url) => {
      const source = open(url);
      const result = await source.history({ query: 'q' }, { ...GRID, length: 3 }, never);
      assert.deepEqual(
        result.series.map(({ labels }) => labels),
        [{ pod: 'a' }, { pod: 'b' }, { pod: 'c' }]
      );
      assert.match(result.warnings[0]!, /3 series where one is expected/);
      const latest = await source.latest({ query: 'q' }, GRID.startSeconds, never);
      assert.deepEqual(latest, { kind: 'missing', reason: 'the query has 3 series where one is expected' });
    });
  });

  test('a split as one series for each value of its label, without a warning; twice the same value is an error', async () => {
    const split = ['web', 'app'].map((application) => fakeSeries(GRID, [1, 2], { application }));
    const twice = ['x', 'y'].map((pod) => fakeSeries(GRID, [1, 2], { application: 'web', pod }));
    await withServer(loopback(fakePrometheus({ split, twice })), async (url) => {
      const source = open(url);
      const grid = { ...GRID, length: 2 };
      const { series, warnings } = await source.history({ query: 'split', by: 'application' }, grid, never);
      assert.deepEqual(
        series.map(({ labels }) => labels['application']),
        ['app', 'web']
      );
      assert.deepEqual(warnings, []);
      await assert.rejects(source.history({ query: 'twice', by: 'application' }, grid, never), {
        code: 'SOURCE_SERIES_AMBIGUOUS',
        message: 'Source prom has 2 series for application="web" in the query twice',
      });
    });
  });

  test('a raw counter with a warning, its rate and a memory leak without one', async () => {
    const counter = Array.from({ length: 200 }, (_, index) => (index < 120 ? index * 50 : (index - 120) * 50 + 3));
    const leak = Array.from({ length: 200 }, (_, index) => 4e8 + (index % 90) * 1e6);
    await withServer(
      loopback(fakePrometheus({ counter: [fakeSeries(GRID, counter)], leak: [fakeSeries(GRID, leak)] })),
      async (url) => {
        const source = open(url);
        const warned = await source.history({ query: 'counter' }, { ...GRID, length: 200 }, never);
        assert.match(warned.warnings[0]!, /raw counter with 1 reset/);
        assert.deepEqual((await source.history({ query: 'leak' }, { ...GRID, length: 200 }, never)).warnings, []);
      }
    );
  });

  test("the server's warnings and infos, passed on once", async () => {
    const answer = {
      status: 'success',
      warnings: ['part of the stores did not answer'],
      infos: ['no counter'],
      data: { resultType: 'matrix', result: [] },
    };
    await withServer(loopback(answering(200, answer)), async (url) => {
      const { warnings } = await open(url).history({ query: 'q' }, { ...GRID, length: 25_000 }, never);
      assert.deepEqual(warnings, ['part of the stores did not answer', 'no counter']);
    });
  });

  test('latest from a scalar, and as missing from nothing, NaN or a histogram', async () => {
    const vector = (...result: object[]) =>
      answering(200, { status: 'success', data: { resultType: 'vector', result } });
    const answers = [
      answering(200, { status: 'success', data: { resultType: 'scalar', result: [1, '4.5'] } }),
      vector(),
      vector({ metric: {}, value: [1, 'NaN'] }),
      vector({ metric: {}, histogram: [1, { count: '1' }] }),
    ];
    await withServer(loopback(...answers), async (url) => {
      const source = open(url);
      assert.deepEqual(await source.latest({ query: 'q' }, 1, never), { kind: 'observed', value: 4.5 });
      for (let i = 0; i < 3; i++) {
        assert.equal((await source.latest({ query: 'q' }, 1, never)).kind, 'missing');
      }
    });
  });

  test('by GET once the server has refused POST, below a path and beside a query of its own', async () => {
    const answer = fakePrometheus({ q: [fakeSeries(GRID, [7])] });
    await withServer(loopback(answering(405, 'no'), answer), async (url, { requests }) => {
      const source = open(`${url}/deep/down/?dedup=true`);
      const { series } = await source.history({ query: 'q' }, { ...GRID, length: 1 }, never);
      assert.deepEqual([...series[0]!.series.values], [7]);
      await source.latest({ query: 'q' }, GRID.startSeconds, never);
      assert.deepEqual(
        requests.map(({ method }) => method),
        ['POST', 'GET', 'GET']
      );
      assert.ok(
        requests.every(({ path }) => path.startsWith('/deep/down/api/v1/query') && path.includes('dedup=true'))
      );
    });
  });

  test('an answer that is too large in smaller parts', async () => {
    const whole = fakePrometheus({
      q: [
        fakeSeries(
          GRID,
          Array.from({ length: 400 }, (_, i) => i)
        ),
      ],
    });
    const limited: typeof whole = (body, response, request) => {
      const form = new URLSearchParams(body);
      const count = (Number(form.get('end')) - Number(form.get('start'))) / Number(form.get('step'));
      if (count < 100) {
        whole(body, response, request);
      } else {
        response.writeHead(200).end(' '.repeat(17 * 1024 * 1024));
      }
    };
    await withServer(loopback(limited), async (url) => {
      const { series } = await open(url).history({ query: 'q' }, GRID, never);
      assert.deepEqual(
        [...series[0]!.series.values],
        Array.from({ length: 400 }, (_, i) => i)
      );
    });
  });
});

describe('PrometheusSource refuses', () => {
  const short = { ...GRID, length: 10 };
  const matrix = (values: unknown) => ({
    status: 'success',
    data: { resultType: 'matrix', result: [{ metric: {}, values }] },
  });
  const cases: Array<
    [what: string, answer: ReturnType<typeof answering>, expected: { code: string; message?: RegExp }]
  > = [
    [
      'a query that Prometheus cannot parse, in its own words',
      answering(400, { status: 'error', errorType: 'bad_data', error: 'parse error: unclosed left parenthesis' }),
      { code: 'SOURCE_QUERY_INVALID', message: /cannot answer the query up\(: parse error: unclosed left parenthesis/ },
    ],
    [
      'a query that fails to execute',
      answering(422, { status: 'error', errorType: 'execution', error: 'found duplicate series' }),
      { code: 'SOURCE_QUERY_INVALID', message: /found duplicate series/ },
    ],
    [
      'a limit of points below ours',
      answering(400, {
        status: 'error',
        errorType: 'bad_data',
        error: 'exceeded maximum resolution of 11,000 points per timeseries',
      }),
      { code: 'SOURCE_QUERY_INVALID', message: /exceeded maximum resolution/ },
    ],
    [
      'an error with status 200',
      answering(200, { status: 'error', error: 'odd' }),
      { code: 'SOURCE_QUERY_INVALID', message: /odd/ },
    ],
    ['garbage', answering(200, '{"status":'), { code: 'SOURCE_ANSWER_INVALID', message: /it is not JSON/ }],
    ['an empty body', answering(200, ''), { code: 'SOURCE_ANSWER_INVALID', message: /it is empty/ }],
    [
      'a login page',
      answering(200, '<!doctype html><title>Log in</title>', { 'content-type': 'text/html' }),
      { code: 'SOURCE_ANSWER_INVALID', message: /a web page, not JSON/ },
    ],
    [
      'a redirect to one',
      answering(302, '', { location: 'https://login.example/?secret=1' }),
      { code: 'SOURCE_ANSWER_INVALID', message: /redirects to https:\/\/login\.example\/$/ },
    ],
    [
      'JSON of something else',
      answering(200, { hello: 'world' }),
      { code: 'SOURCE_ANSWER_INVALID', message: /not one of Prometheus' query API/ },
    ],
    ['an answer without data', answering(200, { status: 'success' }), { code: 'SOURCE_ANSWER_INVALID' }],
    [
      'a vector for a range',
      answering(200, { status: 'success', data: { resultType: 'vector', result: [] } }),
      { code: 'SOURCE_ANSWER_INVALID' },
    ],
    [
      'a sample that is no number',
      answering(200, matrix([[GRID.startSeconds, 'much']])),
      { code: 'SOURCE_ANSWER_INVALID', message: /a sample is/ },
    ],
    [
      'an empty sample, which is no zero',
      answering(200, matrix([[GRID.startSeconds, '']])),
      { code: 'SOURCE_ANSWER_INVALID' },
    ],
    [
      'a sample between the instants',
      answering(200, matrix([[GRID.startSeconds + 7, '1']])),
      { code: 'SOURCE_ANSWER_INVALID', message: /between the instants/ },
    ],
    [
      'native histograms',
      answering(200, { status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, histograms: [] }] } }),
      { code: 'SOURCE_QUERY_INVALID', message: /histogram_quantile/ },
    ],
    ['a wrong address', answering(404, '404 page not found'), { code: 'SOURCE_ENDPOINT_MISSING' }],
    [
      'more series than can be meant',
      answering(200, {
        status: 'success',
        data: {
          resultType: 'matrix',
          result: Array.from({ length: 1001 }, (_, i) => ({ metric: { pod: String(i) }, values: [] })),
        },
      }),
      { code: 'SOURCE_ANSWER_TOO_LARGE' },
    ],
    [
      'a body beyond its limit',
      answering(200, ' '.repeat(17 * 1024 * 1024)),
      { code: 'SOURCE_ANSWER_TOO_LARGE', message: /16 MiB/ },
    ],
  ];
  for (const [what, answer, expected] of cases) {
    test(`${what}, without trying again`, () =>
      withServer(loopback(answer), async (url, { requests }) => {
        await assert.rejects(open(url).history({ query: 'up(' }, short, never), expected);
        assert.equal(requests.length, 1);
      }));
  }

  test('a query model, which Prometheus does not take', () =>
    withServer(loopback(answering(200, {})), async (url) => {
      await assert.rejects(open(url).history({ query: { expr: 'up' } }, short, never), {
        code: 'SOURCE_QUERY_INVALID',
      });
    }));

  test('a range vector and a string for latest', () =>
    withServer(
      loopback(
        answering(200, matrix([])),
        answering(200, { status: 'success', data: { resultType: 'string', result: [1, 'a'] } })
      ),
      async (url) => {
        const source = open(url);
        await assert.rejects(source.latest({ query: 'up[5m]' }, 1, never), { code: 'SOURCE_QUERY_INVALID' });
        await assert.rejects(source.latest({ query: '"a"' }, 1, never), { code: 'SOURCE_QUERY_INVALID' });
      }
    ));

  test('a check by a server that is no Prometheus', () =>
    withServer(
      loopback(
        answering(200, { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [1, '2'] }] } })
      ),
      async (url) => {
        const { isHealthy, problem } = await open(url).check(never);
        assert.equal(isHealthy, false);
        assert.match(problem ?? '', /vector\(1\)/);
      }
    ));
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sourceExam, truthOf } from '../../exams/source.ts';
import { gridEnd, timeAt, type TimeGrid } from '../../timeseries/index.ts';
import { createSource } from '../createSource.ts';
import { answering, loopback, testDeps, type Loopback, type LoopbackAnswer } from '../http/loopback.fixture.ts';

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly queries: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

const GRID: TimeGrid = { startSeconds: 1_790_000_100, stepSeconds: 300, length: 400 };
const SMALL: TimeGrid = { startSeconds: 600, stepSeconds: 60, length: 4 };
const never = new AbortController().signal;

function open(url: string, type = 'prometheus', env = {}, tokenEnv?: string) {
  const access = tokenEnv === undefined ? {} : { tokenEnv };
  return createSource(
    { name: 'graf', type: 'grafana', url, datasource: { uid: 'abc', type }, ...access },
    testDeps(env)
  );
}

/** A frame of columns: name, type, values, labels. */
function frame(...fields: ReadonlyArray<readonly [string, string, readonly unknown[], Record<string, string>?]>) {
  return {
    schema: {
      refId: 'A',
      fields: fields.map(([name, type, , labels]) => ({ name, type, labels, typeInfo: { frame: type } })),
    },
    data: { values: fields.map(([, , values]) => values) },
  };
}

function frames(...list: readonly object[]): LoopbackAnswer {
  return answering(200, { results: { A: { status: 200, frames: list } } });
}

const ms = (...seconds: readonly number[]) => seconds.map((each) => each * 1000);

async function withServer<T>(
  answers: readonly LoopbackAnswer[],
  use: (url: string, server: Loopback) => Promise<T>
): Promise<T> {
  const server = await loopback(...answers);
  try {
    return await use(server.url, server);
  } finally {
    await server.close();
  }
}

sourceExam('GrafanaSource', async () => {
  const values = Array.from({ length: GRID.length }, (_, index) => (index % 5 === 2 ? Number.NaN : index * 0.5 - 40));
  const truth = truthOf(GRID, values);
  const server = await loopback((body, response, request) => {
    if (request.method === 'GET') {
      answering(200, { status: 'OK', message: 'fine' })('', response, request);
      return;
    }
    const { from, to, queries } = JSON.parse(body) as Asked;
    const { expr, intervalMs } = queries[0] as { expr: string; intervalMs: number };
    const times: number[] = [];
    for (let time = Math.floor(Number(from) / intervalMs) * intervalMs; time <= Number(to); time += intervalMs) {
      times.push(time);
    }
    const known =
      expr === 'demand' ? times.filter((time) => time / 1000 >= GRID.startSeconds && time / 1000 <= gridEnd(GRID)) : [];
    const column = known.map((time) => (Number.isNaN(truth(time / 1000)) ? null : truth(time / 1000)));
    frames(...(known.length === 0 ? [] : [frame(['Time', 'time', known], ['Value', 'number', column, { job: 'a' }])]))(
      '',
      response,
      request
    );
  });
  return {
    source: open(server.url),
    query: { query: 'demand' },
    grid: GRID,
    truth,
    emptyGrid: { ...GRID, startSeconds: gridEnd(GRID) + 300_000 },
    unknownQuery: { query: 'nothing' },
    breakDown: () => server.close(),
    dispose: () => server.close(),
  };
});

describe('GrafanaSource asks', () => {
  const models: ReadonlyArray<[type: string, fields: Record<string, unknown>]> = [
    ['prometheus', { expr: 'q', range: true, instant: false, interval: '1m' }],
    ['loki', { expr: 'q', queryType: 'range', step: '1m' }],
    ['grafana-postgresql-datasource', { rawSql: 'q', format: 'time_series' }],
    ['mysql', { rawSql: 'q', format: 'time_series' }],
    ['mssql', { rawSql: 'q', format: 'time_series' }],
    ['influxdb', { query: 'q', rawQuery: true }],
    ['graphite', { target: 'q' }],
  ];
  for (const [type, fields] of models) {
    test(`${type} with the text in its field, over the range and step, with the token`, () =>
      withServer([frames()], async (url, { requests }) => {
        await open(url, type, { GRAFANA: 'glsa_1' }, 'GRAFANA').history({ query: 'q' }, SMALL, never);
        const [request] = requests;
        assert.equal(request?.path, '/api/ds/query');
        assert.equal(request.headers.authorization, 'Bearer glsa_1');
        const { from, to, queries } = JSON.parse(request.body) as Asked;
        assert.deepEqual([from, to], ['540000', '780000']);
        const expected = { ...fields, refId: 'A', datasource: { uid: 'abc', type }, intervalMs: 60_000 };
        for (const [name, value] of Object.entries(expected)) {
          assert.deepEqual(queries[0]?.[name], value, name);
        }
      }));
  }

  test('any type with the query model as it is', () =>
    withServer([frames()], async (url, { requests }) => {
      const model = {
        metrics: [{ type: 'count' }],
        bucketAggs: [],
        intervalMs: 5000,
        refId: 'Z',
        datasource: { uid: 'other' },
      };
      await open(url, 'elasticsearch').history({ query: model }, SMALL, never);
      const { queries } = JSON.parse(requests[0]!.body) as Asked;
      assert.deepEqual(queries, [
        { ...model, maxDataPoints: 6, refId: 'A', datasource: { uid: 'abc', type: 'elasticsearch' } },
      ]);
    }));

  test('nothing where the type has no known field for a text, and says which have', () =>
    withServer([frames()], async (url, { requests }) => {
      await assert.rejects(open(url, 'elasticsearch').history({ query: 'q' }, SMALL, never), {
        code: 'SOURCE_QUERY_INVALID',
        message: /known for prometheus, loki.*not for elasticsearch: give the query model/,
      });
      assert.equal(requests.length, 0);
    }));

  test('long ranges in parts that touch without a gap or an overlap', () =>
    withServer([frames()], async (url, { requests }) => {
      await open(url).history({ query: 'q' }, { startSeconds: 0, stepSeconds: 60, length: 25_000 }, never);
      const ranges = requests
        .map(({ body }) => JSON.parse(body) as Asked)
        .map(({ from, to }) => [Number(from) / 60_000, Number(to) / 60_000]);
      assert.deepEqual(ranges, [
        [-1, 9999],
        [9999, 19_999],
        [19_999, 24_999],
      ]);
    }));
});

describe('GrafanaSource reads', () => {
  test('samples off the grid as means over the step before each instant, and says so', async () => {
    const times = ms(541, 600, 601, 660, 661, 690, 781);
    await withServer(
      [frames(frame(['t', 'time', times], ['v', 'number', [10, 20, 1, 3, 5, null, 9]]))],
      async (url) => {
        const { series, warnings } = await open(url, 'mysql').history({ query: 'q' }, SMALL, never);
        assert.deepEqual([...series[0]!.series.values], [15, 2, 5, Number.NaN]);
        assert.match(warnings[0]!, /each value is the mean over the 1m before it/);
      }
    );
  });

  test('wide, multi and long frames alike', async () => {
    const times = ms(600, 660, 720, 780);
    const wide = frame(['t', 'time', times], ['ok', 'number', [1, 2, 3, 4]], ['failed', 'number', [5, 6, 7, 8]]);
    const multi = ['ok', 'failed'].map((state, i) =>
      frame(['t', 'time', times], ['v', 'number', [1, 2, 3, 4].map((v) => v + 4 * i), { state }])
    );
    const long = frame(
      ['t', 'time', [...times, ...times]],
      ['v', 'number', [1, 2, 3, 4, 5, 6, 7, 8]],
      ['state', 'string', [...Array<string>(4).fill('ok'), ...Array<string>(4).fill('failed')]]
    );
    for (const [list, label] of [
      [[wide], '__name__'],
      [multi, 'state'],
      [[long], 'state'],
    ] as const) {
      await withServer([frames(...list)], async (url) => {
        const { series } = await open(url).history({ query: 'q', by: label }, SMALL, never);
        assert.deepEqual(
          series.map(({ labels, series: { values } }) => [labels[label], ...values]),
          [
            ['failed', 5, 6, 7, 8],
            ['ok', 1, 2, 3, 4],
          ]
        );
      });
    }
  });

  test('one series that comes in several frames as one', async () => {
    const parts = [ms(600, 660), ms(720, 780)].map((times, i) =>
      frame(['t', 'time', times], ['v', 'number', [i, i], { a: 'b' }])
    );
    await withServer([frames(...parts)], async (url) => {
      const { series, warnings } = await open(url).history({ query: 'q' }, SMALL, never);
      assert.deepEqual(
        series.map((one) => [...one.series.values]),
        [[0, 0, 1, 1]]
      );
      assert.deepEqual(warnings, []);
    });
  });

  test('nothing from an empty result, and notices as warnings', async () => {
    const noticed = {
      ...frame(),
      schema: { fields: [], meta: { notices: [{ severity: 'warning', text: 'partial data' }] } },
    };
    await withServer([frames(noticed)], async (url) => {
      const result = await open(url).history({ query: 'q' }, SMALL, never);
      assert.deepEqual(result, { series: [], warnings: ['partial data'] });
    });
  });

  test('latest as the newest value of the last five minutes, and as missing from older, none or several', async () => {
    const one = frame(['t', 'time', ms(500, 900, 960, 1020)], ['v', 'number', [1, 2, 3, null]]);
    const two = frame(['t', 'time', ms(960)], ['a', 'number', [1]], ['b', 'number', [2]]);
    await withServer([frames(one), frames(one), frames(), frames(two)], async (url) => {
      const source = open(url, 'loki');
      assert.deepEqual(await source.latest({ query: 'q' }, 1000, never), { kind: 'observed', value: 3 });
      for (const time of [1300, 1000, 1000]) {
        assert.equal((await source.latest({ query: 'q' }, time, never)).kind, 'missing');
      }
    });
  });
});

describe('GrafanaSource refuses', () => {
  const cases: ReadonlyArray<[what: string, answer: LoopbackAnswer, expected: { code: string; message?: RegExp }]> = [
    [
      'an error of its query',
      answering(200, { results: { A: { error: 'relation "reqests" does not exist', status: 400 } } }),
      { code: 'SOURCE_QUERY_INVALID', message: /relation "reqests" does not exist/ },
    ],
    [
      'an error of its query with status 400',
      answering(400, { results: { A: { error: 'parse error at line 1', status: 400 } } }),
      { code: 'SOURCE_QUERY_INVALID', message: /parse error at line 1/ },
    ],
    [
      'a wrong token',
      answering(401, { message: 'Invalid API key' }),
      { code: 'SOURCE_UNAUTHORIZED', message: /Invalid API key/ },
    ],
    [
      'a token without the right',
      answering(403, { message: 'You will need more permissions' }),
      { code: 'SOURCE_UNAUTHORIZED', message: /more permissions/ },
    ],
    [
      'an unknown data source',
      answering(404, { message: 'Data source not found' }),
      { code: 'SOURCE_ENDPOINT_MISSING', message: /Data source not found/ },
    ],
    [
      'a redirect to the login page',
      answering(302, '', { location: '/login' }),
      { code: 'SOURCE_ANSWER_INVALID', message: /redirects to \/login/ },
    ],
    ['a login page', answering(200, '<!DOCTYPE html>'), { code: 'SOURCE_ANSWER_INVALID' }],
    [
      'an answer without its result',
      answering(200, { results: { B: { frames: [] } } }),
      { code: 'SOURCE_ANSWER_INVALID', message: /no result A/ },
    ],
    ['JSON of something else', answering(200, [1, 2]), { code: 'SOURCE_ANSWER_INVALID' }],
    [
      'log lines',
      frames(frame(['Time', 'time', ms(600)], ['Line', 'string', ['GET /']])),
      {
        code: 'SOURCE_QUERY_INVALID',
        message: /needs a time and a number field, and has Time \(time\), Line \(string\)/,
      },
    ],
    ['a table without time', frames(frame(['n', 'number', [1]])), { code: 'SOURCE_QUERY_INVALID' }],
    [
      'columns of different length',
      frames(frame(['t', 'time', ms(600, 660)], ['v', 'number', [1]])),
      { code: 'SOURCE_QUERY_INVALID' },
    ],
    [
      'a number that is a text',
      frames(frame(['t', 'time', ms(600)], ['v', 'number', ['1']])),
      { code: 'SOURCE_QUERY_INVALID' },
    ],
  ];
  for (const [what, answer, expected] of cases) {
    test(what, () =>
      withServer([answer], async (url) => {
        await assert.rejects(open(url).history({ query: 'q' }, SMALL, never), expected);
      })
    );
  }
});

describe("GrafanaSource's check", () => {
  const cases: ReadonlyArray<[what: string, answer: LoopbackAnswer, isHealthy: boolean, problem?: RegExp]> = [
    ['believes Grafana', answering(200, { status: 'OK', message: 'Database Connection OK' }), true],
    ['lets pass a data source without a health check', answering(404, { message: 'Method not implemented' }), true],
    [
      'tells what is wrong with the data source',
      answering(400, { status: 'ERROR', message: 'connection refused by the database' }),
      false,
      /connection refused by the database/,
    ],
    [
      'tells it from a friendly status too',
      answering(200, { status: 'ERROR', message: 'no database' }),
      false,
      /no database/,
    ],
    [
      'tells an unknown data source',
      answering(404, { message: 'Data source not found' }),
      false,
      /Data source not found/,
    ],
    ['tells a wrong token', answering(401, { message: 'Invalid API key' }), false, /Invalid API key/],
    ['tells what is no Grafana', answering(200, { fine: true }), false, /no health check/],
  ];
  for (const [what, answer, isHealthy, problem] of cases) {
    test(what, () =>
      withServer([answer], async (url, { requests }) => {
        const result = await open(url).check(never);
        assert.equal(result.isHealthy, isHealthy);
        assert.match(result.problem ?? '', problem ?? /^$/);
        assert.equal(requests[0]?.path, '/api/datasources/uid/abc/health');
      })
    );
  }
});

test('GrafanaSource keeps the instants of a shifted grid apart from those of an aligned answer', async () => {
  const shifted = { startSeconds: 630, stepSeconds: 60, length: 3 };
  await withServer([frames(frame(['t', 'time', ms(600, 660, 720)], ['v', 'number', [1, 2, 3]]))], async (url) => {
    const { series } = await open(url).history({ query: 'q' }, shifted, never);
    assert.deepEqual([...series[0]!.series.values], [1, 2, 3]);
    assert.equal(timeAt(series[0]!.series.grid, 0), 630);
  });
});

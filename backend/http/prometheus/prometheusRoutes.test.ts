import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fastify, type FastifyInstance, type InjectOptions } from 'fastify';
import type { FleetView, WorkloadView } from '../../control/index.ts';
import { exampleDemand, exampleFleet } from './fleet/exampleFleet.ts';
import { prometheusRoutes, type PrometheusDeps } from './prometheusRoutes.ts';

const NOW = 1_790_000_123;
const CUTOFF = 1_790_000_100;
const OPEN = { tokens: new Map(), isReadPublic: true } as const;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

interface Answer {
  readonly status: number;
  readonly body: {
    readonly status: string;
    readonly data: unknown;
    readonly errorType?: string;
    readonly error?: string;
    readonly warnings?: readonly string[];
    readonly infos?: readonly string[];
  };
}

interface VectorData {
  readonly resultType: string;
  readonly result: ReadonlyArray<{
    readonly metric: Record<string, string>;
    readonly value: readonly [number, string];
  }>;
}

interface MatrixData {
  readonly resultType: string;
  readonly result: ReadonlyArray<{
    readonly metric: Record<string, string>;
    readonly values: ReadonlyArray<readonly [number, string]>;
  }>;
}

interface RuleAlert {
  readonly labels: Record<string, string>;
}

interface RuleGroup {
  readonly name: string;
  readonly rules: ReadonlyArray<{ readonly name: string; readonly state: string }>;
}

async function serving(deps: Partial<PrometheusDeps> = {}): Promise<FastifyInstance> {
  const app = fastify();
  const fleet: FleetView = deps.fleet ?? exampleFleet({ nowSeconds: NOW });
  await app.register((scope) => prometheusRoutes(scope, { fleet, access: OPEN, version: '0.1.0', ...deps }));
  return app;
}

async function ask(app: FastifyInstance, path: string, options: InjectOptions = {}): Promise<Answer> {
  const response = await app.inject({ url: `/prometheus/api/v1${path}`, ...options });
  assert.match(String(response.headers['content-type']), /^application\/json/);
  return { status: response.statusCode, body: JSON.parse(response.body) as Answer['body'] };
}

async function askQuery(app: FastifyInstance, query: string, timeSeconds = NOW): Promise<VectorData> {
  const { status, body } = await ask(
    app,
    `/query?${new URLSearchParams({ query, time: String(timeSeconds) }).toString()}`
  );
  assert.equal(status, 200, body.error);
  return body.data as VectorData;
}

const app = await serving();

describe('query', () => {
  it("answers Grafana's test of health", async () => {
    for (const options of [{}, { method: 'POST' as const, headers: FORM, payload: 'query=1%2B1&time=4' }]) {
      const { status, body } = await ask(app, 'payload' in options ? '/query' : '/query?query=1%2B1&time=4', options);
      assert.equal(status, 200);
      assert.deepEqual(body, { status: 'success', data: { resultType: 'scalar', result: [4, '2'] } });
    }
  });

  it('answers at any instant of the future, between the points of a forecast too', async () => {
    for (const ahead of [0, 1, 299, 3600, 86_000]) {
      const time = NOW + ahead;
      const { result } = await askQuery(app, 'headroom_forecast{quantile="0.9"}', time);
      assert.equal(result.length, 1);
      const [at, value] = result[0]!.value;
      assert.equal(at, time);
      assert.ok(Math.abs(Number(value) - (exampleDemand(Math.floor(time / 300) * 300) + 40)) < 1e-6);
      assert.deepEqual(result[0]!.metric, {
        __name__: 'headroom_forecast',
        workload: 'shop-0',
        account: 'acme',
        tier: 'gold',
        industry: 'retail',
        resource: 'requests',
        unit: 'reqps',
        quantile: '0.9',
      });
    }
    assert.deepEqual((await askQuery(app, 'headroom_forecast', NOW + 100_000)).result, []);
  });

  it('has no hole with a step of an hour either', async () => {
    const hourly = await serving({ fleet: exampleFleet({ nowSeconds: NOW, stepSeconds: 3600 }) });
    const { body } = await ask(
      hourly,
      `/query_range?query=headroom_forecast_mean&start=${NOW + 3600}&end=${NOW + 80_000}&step=60`
    );
    const { result } = body.data as MatrixData;
    assert.equal(result[0]?.values.length, Math.floor((80_000 - 3600) / 60) + 1);
  });

  it('says of the past what the then latest forecast with at least the lead time said', async () => {
    // Outlooks are made every hour, 5 s after their cutoff; the lead time is 3 minutes.
    const { result } = await askQuery(app, 'timestamp(headroom_forecast{quantile="0.5"})', CUTOFF - 3600 + 100);
    assert.equal(result[0]?.value[1], String(CUTOFF - 3600));
    assert.equal((await askQuery(app, 'count(headroom_forecast)', CUTOFF - 80_000)).result[0]?.value[1], '15');
  });

  it('evaluates alert rules about the future by a negative offset', async () => {
    const rule = 'max_over_time(headroom_shortfall_probability{resource="any"}[24h] offset -24h) > 0.05';
    assert.equal((await askQuery(app, rule)).result.length, 1);
    const roomy = await serving({ fleet: exampleFleet({ nowSeconds: NOW, replicas: 100 }) });
    assert.deepEqual((await askQuery(roomy, rule)).result, []);
  });

  it('knows every metric that exists', async () => {
    for (const [query, value] of [
      ['headroom_actual', exampleDemand(CUTOFF)],
      ['headroom_capacity', 500],
      ['headroom_capacity offset -1h', 500],
      ['headroom_capacity offset 1h', 500],
      ['headroom_shortfall_probability_window{window="6h",resource="any"}', 0.2],
      ['headroom_recommended_replicas{kind="total"} offset -5m', 7],
      ['headroom_cost_hourly{currency="USD"} offset -1h', 0.7],
      ['headroom_forecast_error{metric="mase",lead="1h"}', 0.8],
      ['headroom_forecast_coverage{level="0.95"}', 0.94],
      ['headroom_forecast_mean offset -2h', exampleDemand(Math.floor((NOW + 7200) / 300) * 300)],
    ] as const) {
      const { result } = await askQuery(app, query);
      assert.equal(result.length, 1, query);
      assert.ok(Math.abs(Number(result[0]!.value[1]) - value) < 1e-9, `${query}: ${result[0]!.value[1]}`);
    }
  });

  it('says in warnings and infos how the workloads are that it touched', async () => {
    const view: Partial<WorkloadView> = {
      health: { state: 'stale', problem: 'the source is down', lastSuccessAt: null },
      warnings: ['12 % of the history is missing'],
    };
    const stale = await serving({ fleet: exampleFleet({ nowSeconds: NOW, view }) });
    const { body } = await ask(stale, '/query?query=headroom_actual');
    assert.deepEqual(body.warnings, ['Headroom: workload shop-0 is stale: the source is down']);
    assert.deepEqual(body.infos, ['Headroom: workload shop-0: 12 % of the history is missing']);
    assert.equal((await ask(stale, '/query?query=headroom_actual{workload="other"}')).body.warnings, undefined);
    assert.equal((await ask(stale, '/query?query=1')).body.warnings, undefined);
  });

  it('names PromQL annotations with their place', async () => {
    const { body } = await ask(app, `/query?query=${encodeURIComponent('sum(rate(headroom_actual[1h]))')}`);
    assert.deepEqual(body.infos, [
      'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "headroom_actual" (1:10)',
    ]);
  });

  it('limits results and says so', async () => {
    const { body } = await ask(app, '/query?query=headroom_forecast&limit=2');
    assert.equal((body.data as VectorData).result.length, 2);
    assert.deepEqual(body.warnings, ['results truncated due to limit']);
    assert.equal(
      ((await ask(app, '/query?query=headroom_forecast&limit=15')).body.data as VectorData).result.length,
      15
    );
  });

  it('takes a lookback, and tells statistics when asked', async () => {
    const { body } = await ask(app, '/query?query=headroom_actual&lookback_delta=1h&stats=all');
    const { stats } = body.data as { readonly stats: { readonly samples: { readonly totalQueryableSamples: number } } };
    assert.equal(stats.samples.totalQueryableSamples, 1);
  });

  it('stops what would hold too many samples, or takes too long', async () => {
    const limits = { concurrency: 2, timeoutMs: 60_000, maxSamples: 1000, maxSamplesTogether: 1000 };
    const small = await serving({ limits });
    const heavy = encodeURIComponent('sum_over_time(headroom_forecast[1d:10s])');
    const { status, body } = await ask(small, `/query?query=${heavy}`);
    assert.equal(status, 422);
    assert.equal(body.errorType, 'execution');
    assert.equal(body.error, 'query processing would load too many samples into memory in query execution');
    const slow = await ask(app, `/query?query=${heavy}&timeout=0`);
    assert.equal(slow.status, 503);
    assert.equal(slow.body.errorType, 'timeout');
    assert.match(slow.body.error ?? '', /^query timed out in /);
  });
});

describe('query_range', () => {
  const range = (query: string, rest = ''): string =>
    `/query_range?query=${encodeURIComponent(query)}&start=${NOW - 3600}&end=${NOW + 3600}&step=60${rest}`;

  it('goes from the past to the future without a seam', async () => {
    const { body } = await ask(app, range('headroom_forecast{quantile="0.5"}'));
    const { result, resultType } = body.data as MatrixData;
    assert.equal(resultType, 'matrix');
    assert.equal(result[0]?.values.length, 121);
  });

  it('takes RFC 3339 times and durations', async () => {
    const start = new Date((NOW - 600) * 1000).toISOString();
    const end = new Date(NOW * 1000).toISOString().replace('Z', '+00:00');
    const { status, body } = await ask(
      app,
      `/query_range?${new URLSearchParams({ query: 'time()', start, end, step: '5m' }).toString()}`
    );
    assert.equal(status, 200);
    assert.deepEqual((body.data as MatrixData).result[0]?.values.at(-1), [NOW, String(NOW)]);
  });

  it('streams long answers whole', async () => {
    const large = await serving({ fleet: exampleFleet({ nowSeconds: NOW, workloadCount: 20 }) });
    const { body } = await ask(large, range('headroom_forecast', '').replace('step=60', 'step=10'));
    const { result } = body.data as MatrixData;
    assert.equal(result.length, 300);
    assert.ok(result.every(({ values }) => values.length === 721));
  });

  it('refuses what Prometheus refuses, in its words', async () => {
    for (const [path, error] of [
      [
        '/query_range?query=1&start=2&end=1&step=1',
        'invalid parameter "end": end timestamp must not be before start time',
      ],
      ['/query_range?query=1&start=x&end=1&step=1', 'invalid parameter "start": cannot parse "x" to a valid timestamp'],
      ['/query_range?query=1&end=1&step=1', 'invalid parameter "start": cannot parse "" to a valid timestamp'],
      [
        '/query_range?query=1&start=1&end=1&step=0',
        'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
      ],
      [
        '/query_range?query=1&start=1&end=1&step=fast',
        'invalid parameter "step": cannot parse "fast" to a valid duration',
      ],
      [
        '/query_range?query=1&start=0&end=11001&step=1',
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
      ],
      [
        '/query_range?query=a[5m]&start=0&end=1&step=1',
        'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector',
      ],
      [
        '/query_range?query=sum(&start=0&end=1&step=1',
        'invalid parameter "query": 1:5: parse error: unclosed left parenthesis',
      ],
      [
        '/query?query=1&time=noon',
        `invalid parameter "time": invalid time value for 'time': cannot parse "noon" to a valid timestamp`,
      ],
      ['/query?query=1&limit=-1', 'invalid parameter "limit": limit must be non-negative'],
      ['/query?query=1&timeout=soon', 'invalid parameter "timeout": cannot parse "soon" to a valid duration'],
      ['/query?query=', 'invalid parameter "query": unknown position: parse error: no expression found in input'],
      [
        '/query?query=1&lookback_delta=x',
        'error parsing lookback delta duration: cannot parse "x" to a valid duration',
      ],
      ['/series', 'no match[] parameter provided'],
      ['/series?match[]={', 'invalid parameter "match[]": 1:2: parse error: unexpected end of input inside braces'],
      ['/labels?match[]={}', 'match[] must contain at least one non-empty matcher'],
      ['/metadata?limit=x', 'limit must be a number'],
      ['/rules?type=both', 'invalid parameter "type": not supported value "both"'],
      ['/query_exemplars?query=a&start=2&end=1', 'end timestamp must not be before start timestamp'],
      ['/parse_query?query=a b', 'invalid parameter "query": 1:3: parse error: unexpected identifier "b"'],
      ['/format_query?query=a b', 'invalid parameter "query": 1:3: parse error: unexpected identifier "b"'],
    ] as const) {
      const { status, body } = await ask(app, path);
      assert.equal(status, 400, path);
      assert.deepEqual(body, { status: 'error', errorType: 'bad_data', error });
    }
    const duplicate = await ask(
      app,
      `/query?query=${encodeURIComponent('headroom_forecast * on () headroom_forecast')}`
    );
    assert.equal(duplicate.status, 422);
    assert.equal(duplicate.body.errorType, 'execution');
  });
});

describe('a query of death', () => {
  it('is stopped by its limit, while others are answered', async () => {
    const fleet = exampleFleet({ nowSeconds: NOW, workloadCount: 5 });
    const busy = await serving({ fleet });
    const deadly = [
      '/query?query=max_over_time({__name__=~".%2B"}[1y:1s])',
      '/query?query=max_over_time(max_over_time({__name__=~".%2B"}[10d:10s])[10d:10s])',
      `/query_range?query=${encodeURIComponent('{__name__=~".+"} ^ on () group_left () vector(1)')}&start=0&end=31536000&step=1`,
      '/query_range?query=sum(quantile_over_time(0.5, {__name__=~".%2B"}[1d:5s]))&start=1790000000&end=1790086400&step=8',
      '/query?query={__name__=~"(a*)*b|(.%2B%2B)%2Bc"}',
    ];
    const order: string[] = [];
    const track = async (path: string, label: string): Promise<number> => {
      const { status } = await ask(busy, `${path}&timeout=2`);
      order.push(label);
      return status;
    };
    const heavy = deadly.map((path) => track(path, 'heavy'));
    const light = Array.from({ length: 20 }, () => track('/query?query=headroom_actual', 'light'));
    assert.ok((await Promise.all(light)).every((status) => status === 200));
    assert.ok((await Promise.all(heavy)).every((status) => [200, 400, 422, 503].includes(status)));
    assert.equal(order.at(-1), 'heavy');
  });
});

describe('the other endpoints', () => {
  it('list series, labels and values, by GET and by POST', async () => {
    const { body } = await ask(app, '/series?match[]=headroom_recommended_replicas&match[]=headroom_capacity');
    assert.equal((body.data as readonly unknown[]).length, 5);
    const names = (await ask(app, '/label/__name__/values')).body.data as readonly string[];
    assert.ok(names.includes('headroom_forecast') && names.includes('headroom_actual'));
    const labels = (await ask(app, '/labels', { method: 'POST', headers: FORM, payload: 'match[]=headroom_actual' }))
      .body.data;
    assert.deepEqual(labels, ['__name__', 'account', 'industry', 'resource', 'tier', 'unit', 'workload']);
    const limited = await ask(app, '/label/quantile/values?limit=3');
    assert.deepEqual(limited.body.data, ['0.01', '0.025', '0.05']);
    assert.deepEqual(limited.body.warnings, ['results truncated due to limit']);
    assert.deepEqual((await ask(app, '/label/U__quan_74_ile/values?limit=1')).body.data, ['0.01']);
  });

  it('take parameters from the URL beside an empty form, as Grafana sends them', async () => {
    const { body } = await ask(app, '/label/workload/values?match[]=headroom_actual', {
      method: 'POST',
      headers: FORM,
      payload: '',
    });
    assert.deepEqual(body.data, ['shop-0']);
  });

  it('need no past outlooks to list labels', async () => {
    const fleet: FleetView = {
      ...exampleFleet({ nowSeconds: NOW }),
      pastOutlooks: () => Promise.reject(new Error('nobody asked for samples')),
    };
    assert.equal((await ask(await serving({ fleet }), '/label/quantile/values')).status, 200);
  });

  it("tell Headroom's own alert rules and what holds of them", async () => {
    const view: Partial<WorkloadView> = {
      drift: 3,
      health: { state: 'failing', problem: 'no source', lastSuccessAt: NOW - 7200 },
      scaling: {
        isModeLocked: false,
        hasTarget: true,
        paused: { out: false, in: true, reason: 'by ana' },
        problem: 'TARGET_GONE: it is gone',
        lastAction: { at: NOW - 60, kind: 'rollback', by: 'headroom', outcome: 'applied' },
      },
    };
    let now = NOW;
    const fleet: FleetView = { ...exampleFleet({ nowSeconds: NOW, view }), nowSeconds: () => now };
    const own = await serving({ fleet });
    const groupsOf = async (parameters = '') =>
      ((await ask(own, `/rules${parameters}`)).body.data as { readonly groups: readonly RuleGroup[] }).groups;
    const stateOf = async () =>
      Object.fromEntries((await groupsOf()).flatMap(({ rules }) => rules).map(({ name, state }) => [name, state]));
    const pending = {
      HeadroomPredictedShortfall: 'pending',
      HeadroomCapacityExhausted: 'inactive',
      HeadroomForecastMissing: 'inactive',
      HeadroomModelStale: 'inactive',
      HeadroomForecastStale: 'pending',
      HeadroomForecastDrift: 'pending',
      HeadroomTargetFailing: 'pending',
      HeadroomRolledBack: 'firing',
      HeadroomModelBenched: 'inactive',
      HeadroomRetrainingFailed: 'inactive',
      HeadroomWorkloadFailing: 'pending',
    };
    assert.deepEqual(await stateOf(), pending);
    now += 601;
    assert.deepEqual(await stateOf(), {
      ...pending,
      HeadroomPredictedShortfall: 'firing',
      HeadroomForecastStale: 'firing',
      HeadroomTargetFailing: 'firing',
    });
    const { alerts } = (await ask(own, '/alerts')).body.data as { readonly alerts: readonly RuleAlert[] };
    const stale = alerts.find(({ labels }) => labels['alertname'] === 'HeadroomForecastStale');
    assert.deepEqual(stale, {
      labels: {
        account: 'acme',
        alertname: 'HeadroomForecastStale',
        industry: 'retail',
        product: 'headroom',
        severity: 'warning',
        source: 'demo',
        tier: 'gold',
        workload: 'shop-0',
      },
      annotations: {
        summary: 'The forecast of shop-0 is more than an hour old',
        description: 'Its last success was 2h 10m 1s ago.',
      },
      state: 'firing',
      activeAt: new Date(NOW * 1000).toISOString().replace('.000', ''),
      value: '7.801e+03',
    });
    const [drift] = (await groupsOf('?rule_name[]=HeadroomForecastDrift&exclude_alerts=true')).flatMap(
      ({ rules }) => rules
    );
    assert.deepEqual(
      { ...drift, evaluationTime: 0, lastEvaluation: '' },
      {
        state: 'pending',
        name: 'HeadroomForecastDrift',
        query: 'headroom_workload_drift > 1',
        duration: 3600,
        keepFiringFor: 3600,
        labels: { severity: 'warning', product: 'headroom' },
        annotations: {
          summary: 'Forecasts of {{ $labels.workload }} have become worse',
          description:
            'It is at another level, or has another course of the day: {{ $value | humanize }} times what noise does.',
        },
        health: 'ok',
        evaluationTime: 0,
        lastEvaluation: '',
        type: 'alerting',
      }
    );
    assert.deepEqual(await groupsOf('?type=record'), []);
    assert.deepEqual(await groupsOf('?match[]={severity="critical"}'), []);
    assert.equal((await groupsOf('?match[]={product="headroom"}&rule_group[]=headroom-health')).length, 1);
    const first = (await ask(own, '/rules?group_limit=1')).body.data as { groups: RuleGroup[]; groupNextToken: string };
    assert.equal(first.groups.length, 1);
    const second = await ask(own, `/rules?group_limit=1&group_next_token=${first.groupNextToken}`);
    assert.deepEqual(
      (second.body.data as { groups: RuleGroup[] }).groups.map(({ name }) => name),
      ['headroom-health']
    );
    assert.ok(!('groupNextToken' in (second.body.data as object)));
    for (const [parameters, problem] of [
      ['type=x', 'invalid parameter "type": not supported value "x"'],
      ['group_next_token=x', 'group_limit needs to be present in order to paginate over the groups'],
      ['group_limit=x', 'group_limit needs to be a valid number'],
      ['group_limit=0', 'group_limit needs to be greater than 0'],
      ['group_limit=1&group_next_token=x', "invalid group_next_token 'x'. were rule groups changed?"],
      ['exclude_alerts=maybe', 'strconv.ParseBool: parsing "maybe": invalid syntax'],
      ['match[]={', 'parse error'],
    ] as const) {
      const { status, body } = await ask(own, `/rules?${parameters}`);
      assert.equal(status, 400, parameters);
      assert.ok(body.error?.includes(problem), body.error);
    }
  });

  it('tell metadata, no exemplars, and a version without features', async () => {
    const metadata = (await ask(app, '/metadata?metric=headroom_forecast')).body.data as Record<string, unknown[]>;
    assert.deepEqual(Object.keys(metadata), ['headroom_forecast']);
    assert.deepEqual(
      (await ask(app, '/query_exemplars?query=test&start=1790000000000&end=1790000000001')).body.data,
      []
    );
    const nothing = await app.inject('/prometheus/api/v1/query_exemplars?query=1');
    assert.deepEqual([nothing.statusCode, nothing.body], [204, '']);
    const build = (await ask(app, '/status/buildinfo')).body.data as Record<string, unknown>;
    assert.equal(build['version'], '3.5.0');
    assert.ok(!('features' in build));
    assert.equal((await ask(app, '/format_query?query=sum(a)by(b)')).body.data, 'sum by (b) (a)');
    assert.deepEqual((await ask(app, '/parse_query?query=-1')).body.data, { type: 'numberLiteral', val: '-1' });
  });

  it('answer other methods with 405 and other paths with 404, in the same form', async () => {
    for (const path of ['/query', '/query_range', '/labels', '/label/a/values', '/rules']) {
      for (const method of ['PUT', 'DELETE', 'PATCH'] as const) {
        const { status, body } = await ask(app, path, { method });
        assert.equal(status, 405);
        assert.equal(body.status, 'error');
      }
    }
    assert.equal((await ask(app, '/read')).status, 405);
    assert.equal((await ask(app, '/status/flags')).status, 404);
  });

  it('need a token where there are any', async () => {
    const guarded = await serving({ access: { tokens: new Map([['secret', 'read']]), isReadPublic: false } });
    const refused = await ask(guarded, '/query?query=1');
    assert.equal(refused.status, 401);
    assert.doesNotMatch(JSON.stringify(refused.body), /secret/);
    const allowed = await ask(guarded, '/query?query=1', { headers: { authorization: 'Bearer secret' } });
    assert.equal(allowed.status, 200);
  });

  it('tell nobody what failed inside', async () => {
    const fleet: FleetView = {
      ...exampleFleet({ nowSeconds: NOW }),
      pastOutlooks: () => Promise.reject(new Error('password=hunter2')),
    };
    const { status, body } = await ask(await serving({ fleet }), '/query?query=headroom_forecast');
    assert.equal(status, 500);
    assert.deepEqual(body, { status: 'error', errorType: 'internal', error: 'internal error' });
  });
});

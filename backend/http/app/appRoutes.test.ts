import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import {
  featuresResponseSchema,
  forecastResponseSchema,
  problemSchema,
  recommendationsResponseSchema,
  statusSchema,
  workloadDetailSchema,
  sparklinesResponseSchema,
  workloadsResponseSchema,
} from '../../../contract/index.ts';
import { ConfigKeeper, createInlineCompute, createScheduler, Fleet } from '../../control/index.ts';
import { createSource, demoWorkloads } from '../../sources/index.ts';
import { openSqliteStorage, type Storage } from '../../storage/index.ts';
import { silentHooks } from '../../control/fakeWorld.fixture.ts';
import { appRoutes, createServer, statusOf } from '../index.ts';
import { forecastOf } from './forecastOf.ts';
import { issuedOutlook } from './issuedOutlook.ts';

const NOW = 1_795_000_000;
const nothing = () => undefined;

describe('the app API', () => {
  let app: FastifyInstance;
  let fleet: Fleet;
  let storage: Storage;

  before(async () => {
    storage = await openSqliteStorage({ file: ':memory:' });
    const nowSeconds = () => NOW;
    fleet = new Fleet({
      storage,
      compute: createInlineCompute(() => 0),
      hooks: silentHooks(),
      nowSeconds,
      createSource: (entry) => createSource(entry, { env: {}, nowSeconds, random: () => 0.5 }),
    });
    const demo = demoWorkloads();
    const keeper = new ConfigKeeper({
      file: null,
      demo: { ...demo, workloads: demo.workloads.filter(({ name }) => name === 'search' || name === 'iot-gateway') },
      storage,
      nowSeconds,
      apply: (config) => fleet.configure(config),
      onEvent: nothing,
    });
    await keeper.start();
    const scheduler = createScheduler(() => Promise.resolve(), nowSeconds);
    app = await createServer({
      access: { tokens: new Map(), isReadPublic: false },
      version: '0.0.0',
      logger: false,
      readiness: () => ({ isReady: true, reasons: [] }),
      plugins: [],
      routes: appRoutes({
        fleet,
        storage,
        status: () =>
          statusOf({
            fleet,
            config: keeper.state,
            storage,
            scheduler,
            errors: [],
            startedAtSeconds: NOW,
            version: '0.0.0',
          }),
        versionOf: (name) => keeper.versionOf(name),
        putWorkload: (name, definition, request) => keeper.put(name, definition, request),
        deleteWorkload: (name, request) => keeper.delete(name, request),
      }),
    });
    await fleet.cycle('search');
    await fleet.turnRange('search', 'near');
    await fleet.turnRange('search', 'planning');
    await fleet.settled('search');
  });
  after(() => app.close());

  const get = (url: string) => app.inject({ url: `/api/v1${url}`, headers: { host: 'localhost' } });
  const codeOf = (body: string) => problemSchema.parse(JSON.parse(body)).code;

  it('tells its status', async () => {
    const status = statusSchema.parse((await get('/status')).json());
    assert.equal(status.demo, true);
    assert.equal(status.sources[0]?.workloads, 2);
    assert.ok(status.models.length > 0);
  });

  it('lists the fleet, most urgent first, with nothing made up for what has not been foreseen', async () => {
    const { workloads } = workloadsResponseSchema.parse((await get('/workloads')).json());
    assert.deepEqual(
      workloads.map(({ name }) => name),
      ['search', 'iot-gateway']
    );
    const [search, idle] = workloads;
    assert.ok(search!.firstShortfallAt! > NOW);
    assert.ok(search!.sparkline!.upper.filter((value) => value !== null).length > 30);
    assert.equal(idle!.health.state, 'starting');
    assert.equal(idle!.sparkline, null);
    assert.equal(idle!.shortfallProbability, null);
  });

  it('lists the fleet without sparklines, and those that are asked for', async () => {
    const { workloads } = workloadsResponseSchema.parse((await get('/workloads?sparkline=false')).json());
    assert.ok(workloads.every((each) => !('sparkline' in each)));
    const whole = workloadsResponseSchema.parse((await get('/workloads')).json());
    assert.deepEqual(
      workloads,
      whole.workloads.map((each) => Object.fromEntries(Object.entries(each).filter(([field]) => field !== 'sparkline')))
    );

    const { sparklines } = sparklinesResponseSchema.parse(
      (await get('/sparklines?workloads=search,iot-gateway,gone')).json()
    );
    assert.deepEqual(sparklines, { search: whole.workloads[0]!.sparkline, 'iot-gateway': null });
    for (const wrong of ['', '?workloads=', '?workloads=a,,b', `?workloads=${'a,'.repeat(100)}a`]) {
      const answer = await get(`/sparklines${wrong}`);
      assert.deepEqual([answer.statusCode, codeOf(answer.body)], [400, 'API_PARAMETER_INVALID'], wrong);
    }
    assert.equal((await get('/workloads?sparkline=perhaps')).statusCode, 400);
  });

  it('tells one workload whole', async () => {
    const detail = workloadDetailSchema.parse((await get('/workloads/search')).json());
    assert.equal(detail.definition?.name, 'search');
    assert.ok(detail.recommendation!.reasons.length > 2);
  });

  it('forecasts past and future on one axis: ordered quantiles after now, measurements before', async () => {
    const forecast = forecastResponseSchema.parse((await get('/workloads/search/forecast?levels=0.1,0.5,0.9')).json());
    const future = forecast.times.findIndex((time) => time > NOW);
    assert.ok(future > 200 && forecast.times.length - future > 200);
    assert.ok(forecast.actual.slice(0, future).some((value) => value !== null));
    assert.ok(forecast.actual.slice(future).every((value) => value === null));
    for (let index = future; index < forecast.times.length; index++) {
      const [low, middle, high] = forecast.values.map((row) => row[index]!);
      assert.ok(low! <= middle! && middle! <= high!);
    }
    assert.ok(forecast.capacity.every((value) => value !== null && value > 0));
    assert.ok(forecast.shortfallProbability.some((value) => value !== null && value > 0.5));
  });

  it('tells what was foreseen at an earlier instant, whole, over what came', async () => {
    const latest = (await storage.latestOutlook('search'))!;
    const then = NOW - 10 * 3600;
    const moved = then - latest.issuedAtSeconds;
    const earlier = {
      ...latest,
      ...{ issuedAtSeconds: then, cutoffSeconds: latest.cutoffSeconds + moved },
      grid: { ...latest.grid, startSeconds: latest.grid.startSeconds + moved },
    };
    const answering: typeof storage = Object.assign(Object.create(storage) as typeof storage, {
      wholeOutlooks: () => Promise.resolve([earlier]),
    });
    const view = fleet.workload('search')!;
    const whole = await issuedOutlook(answering, view, then + 600, {});
    const question = { resource: 'requests', levels: [0.5], startSeconds: then - 3600, endSeconds: NOW + 3600 };
    const forecast = await forecastOf(fleet, view, { ...question, whole });
    assert.equal(forecast.issuedAt, then);
    const median = forecast.times.flatMap((time, index) => (forecast.values[0]![index] === null ? [] : [time]));
    assert.ok(median[0]! > earlier.cutoffSeconds && median[0]! <= earlier.cutoffSeconds + forecast.step);
    assert.equal(median.at(-1), forecast.times.at(-1));
    const came = forecast.actual.filter((value, index) => value !== null && forecast.times[index]! > then);
    assert.ok(came.length > 100);
  });

  it('refuses an instant whose forecast is not kept whole, and one of another range', async () => {
    for (const [query, problem] of [
      [`issued=${String(NOW - 400 * 86_400)}`, /kept whole/],
      [`issued=${String(NOW)}&range=near`, /range day only/],
      ['issued=yesterday', /epoch seconds/],
    ] as const) {
      const { statusCode, body } = await get(`/workloads/search/forecast?${query}`);
      assert.equal(statusCode, 400);
      assert.match(body, problem);
    }
  });

  it('forecasts in a scenario that the workload keeps: its quantiles ahead, nothing of the past', async () => {
    const view = fleet.workload('search')!;
    const outlook = view.outlook!;
    const own = outlook.series.find(({ name }) => name === 'requests')!;
    const twice = {
      name: 'twice',
      grid: outlook.grid,
      series: [{ name: 'requests', unit: own.unit, levels: own.levels, values: own.values.map((value) => 2 * value) }],
    };
    const question = { resource: 'requests', levels: [0.5], startSeconds: NOW - 3600, endSeconds: NOW + 7200 };
    const baseline = await forecastOf(fleet, view, question);
    const inScenario = await forecastOf(fleet, view, { ...question, scenario: twice });
    assert.equal(baseline.scenario, undefined);
    assert.equal(forecastResponseSchema.parse(inScenario).scenario, 'twice');
    assert.deepEqual(inScenario.actual, baseline.actual);
    inScenario.times.forEach((time, i) => {
      const [value, plain] = [inScenario.values[0]![i], baseline.values[0]![i]];
      assert.ok(time > outlook.cutoffSeconds ? Math.abs(value! - 2 * plain!) < 1e-9 : value === null, String(time));
    });
    assert.equal(inScenario.replicas, null);
  });

  it('refuses a scenario that the workload does not keep, and one of another range', async () => {
    for (const [query, problem] of [
      ['scenario=flash-sale', /keeps none/],
      ['scenario=flash-sale&range=near', /range day only/],
    ] as const) {
      const response = await get(`/workloads/search/forecast?${query}`);
      assert.equal(response.statusCode, 400, response.body);
      const { code, detail } = problemSchema.parse(response.json());
      assert.equal(code, 'API_PARAMETER_INVALID');
      assert.match(detail, problem);
    }
  });

  it('shows the features of a series: what was, on its clock, and the calendar ahead', async () => {
    const url = `/workloads/search/features?start=${NOW - 7200}&end=${NOW + 7200}`;
    const shown = featuresResponseSchema.parse((await get(url)).json());
    assert.deepEqual(
      shown.series.map(({ resource }) => resource),
      ['requests']
    );
    assert.ok(shown.resources.includes('cpu'));
    const [requests] = shown.series;
    const future = shown.times.findIndex((time) => time > NOW);
    const valuesOf = (name: string) => requests!.features.find((feature) => feature.name === name)!.values;
    for (const name of ['mean_1h', 'deviation_1d', 'rate', 'trend', 'seasonal', 'remainder', 'requests_x_day_sin']) {
      assert.ok(
        valuesOf(name)
          .slice(0, future - 1)
          .every((value) => value !== null),
        name
      );
      assert.ok(
        valuesOf(name)
          .slice(future)
          .every((value) => value === null),
        name
      );
    }
    assert.ok(valuesOf('hour_of_day').every((value) => value !== null && value >= 0 && value < 24));
    const [trend, seasonal, remainder] = ['trend', 'seasonal', 'remainder'].map(valuesOf);
    assert.ok(Math.abs(trend![3]! + seasonal![3]! + remainder![3]! - requests!.actual[3]!) < 1e-9);
    assert.deepEqual(
      shown.categories.map(({ name, index }) => [name, index > 0]),
      [
        ['tier', true],
        ['industry', true],
        ['region', true],
        ['size', true],
      ]
    );
  });

  it('tells what the forecast of a series used where it is asked for by name', async () => {
    const asked = async (query: string) =>
      featuresResponseSchema.parse((await get(`/workloads/search/features?${query}`)).json()).importance;
    const importance = await asked('resource=cpu&feature=rate');
    assert.ok(importance && importance.groups.length > 5 && importance.forecastCount > 3);
    const names = importance.groups.map(({ name }) => name);
    for (const name of ['mean_1h', 'rate_1h', 'seasonal_1d', 'trend', 'remainder', 'missing', 'calendar', 'requests']) {
      assert.ok(names.includes(name), name);
    }
    assert.equal(importance.groups.find(({ name }) => name === 'tier')?.used, false);
    const shares = importance.groups.reduce((sum, { share }) => sum + share.whole, 0);
    assert.ok(Math.abs(shares - 1) < 1e-9);
    assert.equal(importance.parts.at(-1)?.to, 288);
    assert.deepEqual(await asked('resource=cpu'), importance);
    assert.equal(await asked('resource=all'), null);
    assert.equal(await asked(''), null);
  });

  it('shows all series, or some features, where that is asked for', async () => {
    const shown = featuresResponseSchema.parse(
      (await get('/workloads/search/features?resource=all&feature=rate,calendar')).json()
    );
    assert.deepEqual(
      shown.series.map(({ resource }) => resource),
      shown.resources
    );
    assert.ok(shown.series.length > 2);
    for (const { features } of shown.series) {
      assert.ok(features.every(({ group }) => group === 'rate' || group === 'calendar'));
      assert.ok(features.some(({ name }) => name === 'is_weekend'));
    }
    const wide = featuresResponseSchema.parse((await get('/workloads/search/features?start=0&end=4000000000')).json());
    assert.ok(wide.times.length <= 2017);
    const idle = featuresResponseSchema.parse((await get('/workloads/iot-gateway/features')).json());
    assert.deepEqual(idle.series, []);
  });

  it('names its recommendations', async () => {
    const { recommendations } = recommendationsResponseSchema.parse((await get('/recommendations')).json());
    assert.equal(recommendations.length, 1);
    const { id } = recommendations[0]!;
    assert.equal((await get(`/recommendations/${id}`)).statusCode, 200);
    assert.deepEqual(
      (await get('/recommendations?state=dismissed')).json<{ recommendations: [] }>().recommendations,
      []
    );
  });

  for (const [url, status, code] of [
    ['/workloads/none', 404, 'API_NOT_FOUND'],
    ['/workloads/none/forecast', 404, 'API_NOT_FOUND'],
    ['/workloads/search/forecast?resource=none', 400, 'API_PARAMETER_INVALID'],
    ['/workloads/search/forecast?levels=0.33', 400, 'API_PARAMETER_INVALID'],
    ['/workloads/search/forecast?levels=high', 400, 'API_PARAMETER_INVALID'],
    ['/workloads/search/forecast?start=yesterday', 400, 'API_PARAMETER_INVALID'],
    ['/workloads/search/forecast?start=10&end=5', 400, 'API_PARAMETER_INVALID'],
    ['/workloads/none/features', 404, 'API_NOT_FOUND'],
    ['/workloads/search/features?resource=none', 404, 'API_NOT_FOUND'],
    ['/workloads/search/features?feature=none', 400, 'API_PARAMETER_INVALID'],
    ['/workloads/search/features?feature=', 400, 'API_PARAMETER_INVALID'],
    ['/workloads/search/features?start=10&end=5', 400, 'API_PARAMETER_INVALID'],
    ['/recommendations/none', 404, 'API_NOT_FOUND'],
    ['/recommendations?state=odd', 400, 'API_PARAMETER_INVALID'],
    ['/recommendations?limit=0', 400, 'API_PARAMETER_INVALID'],
  ] as const) {
    it(`answers ${url} with ${status} ${code}`, async () => {
      const response = await get(url);
      assert.equal(response.statusCode, status);
      assert.equal(codeOf(response.body), code);
    });
  }

  it('answers any range within its bounds, however wide', async () => {
    const response = await get('/workloads/search/forecast?start=0&end=4000000000&levels=0.5');
    const forecast = forecastResponseSchema.parse(response.json());
    assert.ok(forecast.times.length <= 11_001);
  });

  const post = (url: string, payload: unknown) =>
    app.inject({
      method: 'POST',
      url: `/api/v1${url}`,
      headers: { host: 'localhost', 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    });

  it('previews a posted series and a query, and stores nothing', async () => {
    const values = Array.from({ length: 200 }, (_, index) => (index % 24 === 7 ? null : 10 + (index % 24)));
    const posted = await post('/forecasts/preview', {
      series: { start: NOW - 200 * 3600, step: 3600, values },
      horizon: 24,
    });
    const forecast = forecastResponseSchema.parse(posted.json());
    assert.equal(forecast.times.length, 224);
    assert.ok(forecast.values[0]!.slice(200).every((value) => value !== null));
    const queried = await post('/forecasts/preview', {
      query: { source: 'demo', query: 'search/requests', step: '1h', history: '7d' },
      horizon: 12,
      levels: [0.1, 0.9],
    });
    assert.ok([200, 400, 404, 422].includes(queried.statusCode), queried.body);
    assert.equal(fleet.workloads().length, 2);
  });

  for (const [title, payload, status, code] of [
    ['neither series nor query', { horizon: 5 }, 400, 'API_BODY_INVALID'],
    [
      'an unknown model',
      { series: { start: 0, step: 60, values: [1, 2, 3] }, horizon: 5, model: 'oracle' },
      400,
      'FORECAST_MODEL_UNKNOWN',
    ],
    [
      'nothing but gaps',
      { series: { start: 0, step: 60, values: [null, null] }, horizon: 5 },
      422,
      'FORECAST_HISTORY_EMPTY',
    ],
    ['an unknown source', { query: { source: 'none', query: 'x' }, horizon: 5 }, 404, 'API_NOT_FOUND'],
    [
      'levels out of order',
      { series: { start: 0, step: 60, values: [1, 2, 3] }, horizon: 5, levels: [0.9, 0.1] },
      400,
      'FORECAST_LEVELS_INVALID',
    ],
  ] as const) {
    it(`refuses a preview with ${title}`, async () => {
      const response = await post('/forecasts/preview', payload);
      assert.equal(response.statusCode, status, response.body);
      assert.equal(codeOf(response.body), code);
    });
  }

  it('answers any body with a forecast or a coded refusal, never a 500', async () => {
    const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -1, 1e-300, 1e300, 1e308, 5));
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          series: fc.record(
            { start: number, step: number, values: fc.array(fc.option(number), { maxLength: 40 }) },
            { requiredKeys: [] }
          ),
          horizon: fc.oneof(fc.integer({ min: -1, max: 60 }), number),
          levels: fc.array(number, { maxLength: 4 }),
          model: fc.constantFrom('auto', 'naive', 'seasonal-naive', 'drift', 'theta', '__proto__', ''),
        },
        { requiredKeys: ['horizon'] }
      )
    );
    await fc.assert(
      fc.asyncProperty(body, async (payload) => {
        const response = await post('/forecasts/preview', payload);
        if (response.statusCode === 200) {
          forecastResponseSchema.parse(response.json());
        } else {
          assert.ok(response.statusCode >= 400 && response.statusCode < 500, `${response.statusCode} ${response.body}`);
          problemSchema.parse(response.json());
        }
      }),
      { numRuns: 300 }
    );
  });

  const extra = { name: 'extra', activity: { requests: { query: 'search/requests' } } };
  const put = (name: string, payload: object) =>
    app.inject({ method: 'PUT', url: `/api/v1/workloads/${name}`, headers: { host: 'localhost' }, payload });

  it('declares a workload, changes and forgets it', async () => {
    assert.equal((await put('extra', extra)).statusCode, 200);
    assert.equal(fleet.workload('extra')?.config.declaredIn, 'api');
    const gone = await app.inject({ method: 'DELETE', url: '/api/v1/workloads/extra', headers: { host: 'localhost' } });
    assert.equal(gone.statusCode, 200);
    assert.equal(fleet.workload('extra'), undefined);
  });

  for (const [title, name, payload, status, code] of [
    ['what the file declares', 'search', { ...extra, name: 'search' }, 409, 'API_CONFLICT'],
    ['another name than the path', 'other', extra, 400, 'API_BODY_INVALID'],
    ['an unknown source', 'extra', { ...extra, source: 'gone' }, 400, 'API_BODY_INVALID'],
    ['an unknown field', 'extra', { ...extra, colour: 'red' }, 400, 'API_BODY_INVALID'],
    ['an unknown model', 'extra', { ...extra, forecast: { model: 'oracle' } }, 400, 'API_BODY_INVALID'],
  ] as const) {
    it(`refuses to declare ${title}`, async () => {
      const response = await put(name, payload);
      assert.equal(response.statusCode, status, response.body);
      assert.equal(codeOf(response.body), code);
    });
  }

  describe('the ranges of a forecast', () => {
    const forecast = async (query: string) => {
      const response = await app.inject(`/api/v1/workloads/search/forecast${query}`);
      return { status: response.statusCode, json: response.json<unknown>() };
    };

    it('is the day where none is named, and says so', async () => {
      const [silent, named] = [await forecast(''), await forecast('?range=day')];
      const answer = forecastResponseSchema.parse(silent.json);
      assert.deepEqual([answer.range, answer.aggregate, answer.step], ['day', null, 300]);
      assert.deepEqual(silent.json, named.json);
    });

    it('near: three hours back and an hour ahead, a minute a step', async () => {
      const answer = forecastResponseSchema.parse((await forecast('?range=near&levels=0.1,0.5,0.9')).json);
      assert.deepEqual([answer.range, answer.aggregate, answer.step, answer.model], ['near', null, 60, 'near']);
      const ahead = answer.times.filter((time) => time > NOW);
      assert.equal(ahead.length, 60);
      answer.times.forEach((time, index) => {
        const quantiles = answer.values.map((level) => level[index]);
        assert.equal(
          quantiles.every((value) => typeof value === 'number'),
          time > NOW - (NOW % 60),
          String(time)
        );
        assert.equal(answer.actual[index] === null, time > NOW);
      });
      assert.ok(
        answer.capacity.every((value) => value !== null),
        'measured behind, as it stands ahead'
      );
    });

    it('planning: ninety days back and ahead, peaks unless means are asked for', async () => {
      const peaks = forecastResponseSchema.parse((await forecast('?range=planning')).json);
      const named = await forecast('?range=planning&aggregate=peak');
      const means = forecastResponseSchema.parse((await forecast('?range=planning&aggregate=mean')).json);
      assert.deepEqual([peaks.range, peaks.aggregate, peaks.step], ['planning', 'peak', 86_400]);
      assert.deepEqual(peaks, named.json);
      assert.equal(means.aggregate, 'mean');
      assert.ok(peaks.times.every((time) => time % 86_400 === 0));
      const last = peaks.times.length - 1;
      assert.ok(peaks.mean[last]! > means.mean[last]!);
      assert.ok(peaks.actual.filter((value) => value !== null).length >= 89);
    });

    it('refuses what is no range, a range that is not declared, and an aggregate of another range', async () => {
      for (const [query, name] of [
        ['?range=century', 'range'],
        ['?range=', 'range'],
        ['?range=near&range=day', 'range'],
        ['?aggregate=peak', 'aggregate'],
        ['?range=near&aggregate=peak', 'aggregate'],
        ['?range=planning&aggregate=median', 'aggregate'],
      ] as const) {
        const { status, json } = await forecast(query);
        const problem = problemSchema.parse(json);
        assert.deepEqual([status, problem.code], [400, 'API_PARAMETER_INVALID'], query);
        assert.match(problem.detail, new RegExp(name), query);
      }
    });

    it('tells how each stands, and what is declared for the one that is asked for in vain', async () => {
      const put = await app.inject({
        method: 'PUT',
        url: '/api/v1/workloads/plain',
        payload: { name: 'plain', source: 'demo', activity: { requests: { query: 'search.requests' } } },
      });
      assert.equal(put.statusCode, 200, put.body);
      const plain = workloadDetailSchema.parse(put.json());
      assert.deepEqual(
        plain.ranges.map(({ range }) => range),
        ['day']
      );
      const refused = await app.inject('/api/v1/workloads/plain/forecast?range=planning');
      assert.equal(refused.statusCode, 400);
      assert.match(refused.body, /declare forecast.planning/);
      await app.inject({ method: 'DELETE', url: '/api/v1/workloads/plain' });
      const detail = workloadDetailSchema.parse((await app.inject('/api/v1/workloads/search')).json());
      assert.deepEqual(
        detail.ranges.map(({ range, step, horizon, health }) => [range, step, horizon, health.state]),
        [
          ['day', 300, 86_400, 'ok'],
          ['near', 60, 3600, 'ok'],
          ['planning', 86_400, 90 * 86_400, 'ok'],
        ]
      );
    });

    it('has a range that was declared and not read yet without a forecast, and without an error', async () => {
      const response = await app.inject('/api/v1/workloads/iot-gateway/forecast?range=near');
      const answer = forecastResponseSchema.parse(response.json());
      assert.equal(answer.issuedAt, null);
      assert.ok(answer.values.flat().every((value) => value === null));
      assert.match(answer.warnings.join(), /no forecast has been made yet/);
    });
  });
});

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { jobSchema, keptScenarioSchema, simulationReportSchema } from '../../../contract/index.ts';
import { createSimulationThreads, Jobs, ScenarioShelf, Simulator } from '../../control/index.ts';
import { openSqliteStorage } from '../../storage/index.ts';
import { exampleFleet } from '../prometheus/fleet/exampleFleet.ts';
import { testServer } from '../testServer.fixture.ts';
import { jobRoutes } from './jobRoutes.ts';
import { scenarioRoutes } from './scenarioRoutes.ts';
import { simulationRoutes } from './simulationRoute.ts';

const NOW = 1_790_000_100;
const closers: Array<() => Promise<void>> = [];

async function serve(view: Parameters<typeof exampleFleet>[0]['view'] = {}) {
  const fleet = exampleFleet({ nowSeconds: NOW, view });
  const storage = await openSqliteStorage({ file: ':memory:' });
  const nowSeconds = () => NOW;
  let id = 0;
  const jobs = new Jobs({ nowSeconds, createId: () => `job-${String(id++)}` });
  const simulate = createSimulationThreads(2);
  const shelf = new ScenarioShelf({ storage, nowSeconds, workloads: () => fleet.workloads().map((one) => one.config) });
  const simulator = new Simulator({ jobs, simulate, scenario: (name) => shelf.find(name), monotonicSeconds: () => 0 });
  const app = await testServer([
    ...jobRoutes(jobs, nowSeconds),
    ...scenarioRoutes(shelf, nowSeconds),
    ...simulationRoutes({ simulator, workload: (name) => fleet.workload(name) }),
  ]);
  closers.push(async () => {
    await jobs.close();
    await simulate.close();
    await app.close();
  });
  return app;
}

after(async () => {
  await Promise.all(closers.map((close) => close()));
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function ask(app: Awaited<ReturnType<typeof serve>>, payload: object, name = 'shop-0') {
  const url = `/api/v1/workloads/${name}/simulations`;
  const answer = await app.inject({ method: 'POST', url, headers: bearer('r'), payload });
  return { status: answer.statusCode, location: answer.headers.location, body: answer.json<Record<string, unknown>>() };
}

describe('simulations over HTTP', () => {
  it('answers a short one with what `headroom simulate` says, the same for the same seed', async () => {
    const app = await serve();
    const payload = {
      scenarios: ['zone-loss', { name: 'twice', interventions: [{ kind: 'scale', target: 'requests', factor: 2 }] }],
      plans: [{ name: 'ten', replicas: [{ at: '0m', count: 10 }] }],
      paths: 200,
      horizon: '2h',
      seed: 7,
    };
    const { status, body } = await ask(app, payload);
    assert.equal(status, 200, JSON.stringify(body));
    const report = simulationReportSchema.parse(body);
    assert.deepEqual(
      report.scenarios.map(({ scenario }) => scenario),
      ['baseline', 'zone-loss', 'twice']
    );
    assert.equal(report.steps, 24);
    const [baseline, , twice] = report.scenarios;
    assert.ok(Math.abs(twice!.demand.values[7]![3]! / baseline!.demand.values[7]![3]! - 2) < 0.01);
    assert.deepEqual(
      baseline?.plans.map(({ plan }) => plan),
      ['ten', 'recommended']
    );
    const again = simulationReportSchema.parse((await ask(app, payload)).body);
    assert.deepEqual(again, report, 'the same thread answers the same');
  });

  it('is asked with the workload in the query, too, and says which there is none of', async () => {
    const app = await serve();
    const payload = { scenarios: ['zone-loss'], paths: 50, horizon: '1h' };
    const byQuery = async (query: string) =>
      await app.inject({ method: 'POST', url: `/api/v1/simulations${query}`, headers: bearer('r'), payload });
    const answer = await byQuery('?workload=shop-0');
    assert.equal(answer.statusCode, 200, answer.payload);
    assert.deepEqual(simulationReportSchema.parse(answer.json()), (await ask(app, payload)).body);
    const unknown = await byQuery('?workload=nope');
    assert.deepEqual([unknown.statusCode, unknown.json<{ code: string }>().code], [404, 'API_NOT_FOUND']);
    const unnamed = await byQuery('');
    assert.deepEqual([unnamed.statusCode, unnamed.json<{ code: string }>().code], [400, 'API_PARAMETER_INVALID']);
  });

  it('answers a slider with a part of the same figures, and refuses another detail', async () => {
    const app = await serve();
    const payload = {
      scenarios: [{ name: 'twice', interventions: [{ kind: 'scale', target: 'requests', factor: 2 }] }],
      plans: [{ name: 'ten', replicas: [{ at: '0m', count: 10 }] }],
      ...{ paths: 100, horizon: '2h' },
    };
    const slider = simulationReportSchema.parse((await ask(app, { ...payload, detail: 'slider' })).body);
    const full = simulationReportSchema.parse((await ask(app, payload)).body);
    assert.deepEqual([slider.detail, full.detail], ['slider', 'full']);
    assert.deepEqual([slider.recommendation, slider.frontier, slider.candidates], [null, [], []]);
    assert.notEqual(full.recommendation, null);
    slider.scenarios.forEach((one, index) => {
      const same = full.scenarios[index]!;
      assert.deepEqual(one.demand.levels, [0.1, 0.5, 0.9]);
      assert.deepEqual(one.demand.values[1], same.demand.values[same.demand.levels.indexOf(0.5)]);
      assert.deepEqual([one.asked, one.plans], [same.asked, same.plans.slice(0, 1)]);
    });
    const refused = await ask(app, { ...payload, detail: 'most' });
    assert.deepEqual([refused.status, refused.body['code']], [400, 'API_BODY_INVALID']);
    assert.match(String(refused.body['detail']), /detail/);
  });

  it('makes a long one a job, whose cancellation ends it at once', async () => {
    const app = await serve();
    const { status, location, body } = await ask(app, { paths: 100_000 });
    assert.equal(status, 202);
    const job = jobSchema.parse(body);
    assert.equal(location, `/api/v1/jobs/${job.id}`);
    const again = await ask(app, { paths: 100_000 });
    assert.deepEqual([again.status, again.body['code']], [409, 'JOB_RUNNING']);
    const cancelled = await app.inject({ method: 'DELETE', url: location, headers: bearer('r') });
    assert.equal(cancelled.json<{ state: string }>().state, 'cancelled');
    const next = jobSchema.parse((await ask(app, { paths: 2001, horizon: 12, scenarios: [] })).body);
    const events = await app.inject({ url: `/api/v1/jobs/${next.id}/events`, headers: bearer('r') });
    const last = jobSchema.parse(JSON.parse(events.payload.trim().split('\n').at(-1)!.replace('data: ', '')));
    assert.equal(last.state, 'done', last.message);
    assert.equal(simulationReportSchema.parse(last.result).paths, 2001);
  });

  it('refuses what contradicts itself before anything runs, with the field', async () => {
    const app = await serve();
    const plan = (count: number) => ({ name: 'p', replicas: [{ at: '0m', count }] });
    const taken = { name: 'z', interventions: [{ kind: 'capacity', target: 'replicas', add: -11 }] };
    const acting = (change: object) => ({ name: 'z', interventions: [{ kind: 'scale', ...change }] });
    const cases: ReadonlyArray<readonly [object, number, string, RegExp]> = [
      [{ scenarios: ['nope'] }, 404, 'API_NOT_FOUND', /nope/],
      [{ horizon: 289 }, 400, 'API_BODY_INVALID', /horizon: must be 1 to 288 steps/],
      [{ horizon: '0' }, 400, 'API_BODY_INVALID', /horizon/],
      [{ paths: 100_001 }, 400, 'API_BODY_INVALID', /paths/],
      [{ plans: [plan(61)] }, 400, 'PLAN_INVALID', /beyond max 60/],
      [{ scenarios: [taken], plans: [plan(10)] }, 400, 'SCENARIO_INVALID', /negative/],
      [{ scenarios: ['heavier-deployment'] }, 400, 'SCENARIO_INVALID', /target cpu is unknown/],
      [{ scenarios: ['user-growth', 'user-growth'] }, 400, 'SCENARIO_INVALID', /name is taken/],
      [{ service: { perReplica: 5, resources: { gpu: { perReplica: 1 } } } }, 400, 'SERVICE_INVALID', /gpu/],
      [{ service: { perReplica: 5, min: 9, max: 3 } }, 400, 'SERVICE_INVALID', /max is below min/],
      [{ scenarios: [acting({ target: 'requests', factor: -1 })] }, 400, 'API_BODY_INVALID', /factor/],
      [{ scenarios: [acting({ target: 'gpu', factor: 2 })] }, 400, 'SCENARIO_INVALID', /target gpu is unknown/],
      [
        { scenarios: [acting({ target: 'requests', factor: 2, start: '2d' })] },
        400,
        'SCENARIO_INVALID',
        /interventions\[0\]\.start lies after the horizon/,
      ],
      [{ service: { perReplica: 0 } }, 400, 'API_BODY_INVALID', /service\.perReplica/],
      [
        { service: { perReplica: 5, slo: { latencySeconds: 1, objective: 0.9, serviceSeconds: 0 } } },
        400,
        'API_BODY_INVALID',
        /service\.slo\.serviceSeconds/,
      ],
      [{ service: { perReplica: 5, cost: { replicaHour: 0 } } }, 400, 'API_BODY_INVALID', /service\.cost\.replicaHour/],
      [
        { service: { perReplica: 5, cost: { replicaHour: 1, weights: { replicas: 0 } } } },
        400,
        'API_BODY_INVALID',
        /service\.cost\.weights/,
      ],
    ];
    for (const [payload, status, code, detail] of cases) {
      const answer = await ask(app, payload);
      assert.deepEqual([answer.status, answer.body['code']], [status, code], JSON.stringify(answer.body));
      assert.match(String(answer.body['detail']), detail);
    }
    assert.equal((await ask(app, {}, 'unknown')).status, 404);
  });

  it('says why a workload cannot be simulated', async () => {
    const example = exampleFleet({ nowSeconds: NOW }).workload('shop-0')!;
    const { demand: _, ...undriven } = example.config;
    assert.equal(_, 'requests');
    const noDemand = await ask(await serve({ config: undriven }), {});
    assert.deepEqual([noDemand.status, noDemand.body['code']], [422, 'SIMULATION_IMPOSSIBLE']);
    const series = example.outlook!.series.filter(({ name }) => name !== 'requests');
    const missing = await ask(await serve({ outlook: { ...example.outlook!, series } }), {});
    assert.deepEqual([missing.status, missing.body['code']], [422, 'SIMULATION_IMPOSSIBLE']);
    assert.match(String(missing.body['detail']), /requests has no forecast/);
    const unmeasured = await serve({
      replicas: { ...example.replicas!, values: new Float64Array(288).fill(Number.NaN) },
    });
    const judged = await ask(unmeasured, { plans: [{ name: 'p', replicas: [{ at: '0m', count: 3 }] }] });
    assert.deepEqual([judged.status, judged.body['code']], [422, 'SIMULATION_IMPOSSIBLE']);
    const report = simulationReportSchema.parse((await ask(unmeasured, { paths: 50, horizon: 5 })).body);
    assert.equal(report.recommendation, null);
    assert.match(report.warnings.join(), /replicas of now are not known/);
  });
});

describe('scenarios over HTTP', () => {
  it('stores versions for who may propose, with an ETag, and simulates them by name', async () => {
    const app = await serve();
    const url = '/api/v1/scenarios/our-sale';
    const payload = { name: 'our-sale', interventions: [{ kind: 'scale', target: 'requests', factor: 2 }] };
    const put = (headers: object, body: object = payload, path = url) =>
      app.inject({ method: 'PUT', url: path, headers: { ...headers }, payload: body });
    assert.equal((await put(bearer('r'))).statusCode, 403);
    const made = await put(bearer('p'));
    assert.deepEqual([made.statusCode, made.headers.etag], [201, '"1"']);
    const changed = await put({ ...bearer('p'), 'if-match': '"1"' }, { ...payload, probability: 0.2 });
    assert.deepEqual([changed.statusCode, changed.headers.etag], [200, '"2"']);
    assert.equal((await put({ ...bearer('p'), 'if-match': '"1"' })).statusCode, 412);
    assert.equal((await put({ ...bearer('p'), 'if-none-match': '*' })).statusCode, 412);
    assert.equal((await put({ ...bearer('p'), 'if-match': 'W/"x"' })).statusCode, 400);
    assert.equal((await put(bearer('p'), payload, '/api/v1/scenarios/other')).statusCode, 400);
    const shipped = await put(bearer('p'), { ...payload, name: 'api-spike' }, '/api/v1/scenarios/api-spike');
    assert.deepEqual([shipped.statusCode, shipped.json<{ code: string }>().code], [409, 'SCENARIO_BUILT_IN']);
    const former = await app.inject({ url: `${url}?version=1`, headers: bearer('r') });
    assert.equal(keptScenarioSchema.parse(former.json()).scenario.probability, undefined);
    assert.equal((await ask(app, { scenarios: ['our-sale'], paths: 20, horizon: 3 })).status, 200);
    const gone = await app.inject({ method: 'DELETE', url, headers: bearer('p') });
    assert.equal(gone.statusCode, 200);
    assert.equal((await app.inject({ url, headers: bearer('r') })).statusCode, 404);
    assert.equal((await app.inject({ method: 'DELETE', url, headers: bearer('p') })).statusCode, 404);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  sourceCheckSchema,
  sourceLabelsSchema,
  sourceNamesSchema,
  sourcesResponseSchema,
} from '../../../contract/index.ts';
import { fakeSource } from '../../control/fakeWorld.fixture.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { HistorySource } from '../../forecasting/index.ts';
import { createServer } from '../index.ts';
import { sourceRoutes } from './sourceRoutes.ts';

const METRICS = ['up', 'http_requests_total', 'HTTP_errors_total'];

async function serve(changes: Partial<HistorySource> = {}) {
  const world = { nowSeconds: 1000, asked: 0 };
  const plain = fakeSource(() => () => 1);
  const talkative: HistorySource = {
    ...plain,
    names: () => {
      world.asked++;
      return Promise.resolve(METRICS);
    },
    labelSets: (metric) =>
      Promise.resolve([
        { __name__: metric, job: 'web', pod: 'a' },
        { __name__: metric, job: 'api', pod: 'b' },
      ]),
    ...changes,
  };
  const sources = new Map([
    ['prom', talkative],
    ['loki', plain],
  ]);
  const app = await createServer({
    access: { tokens: new Map(), isReadPublic: false },
    version: '0.0.0',
    logger: false,
    readiness: () => ({ isReady: true, reasons: [] }),
    plugins: [],
    routes: sourceRoutes({
      monotonicSeconds: () => 0,
      fleet: {
        nowSeconds: () => world.nowSeconds,
        workloads: () => [],
        source: (name) => sources.get(name),
        sourceStates: () => [
          { entry: { name: 'prom', type: 'prometheus', url: 'http://secret.example' }, lastSuccessSeconds: 990 },
          {
            entry: { name: 'loki', type: 'grafana', url: 'http://g', datasource: { uid: 'u', type: 'loki' } },
            problem: 'refused',
          },
        ],
      },
    }),
  });
  const get = (path: string) => app.inject({ url: `/api/v1/sources${path}`, headers: { host: 'localhost' } });
  return { world, get };
}

describe('the sources', () => {
  it('are listed with how they are and what they can tell, their addresses left out', async () => {
    const { get } = await serve();
    const response = await get('');
    const { sources } = sourcesResponseSchema.parse(response.json());
    assert.deepEqual(
      sources.map(({ name, health, hasNames, datasource }) => [name, health.state, hasNames, datasource?.uid]),
      [
        ['prom', 'ok', true, undefined],
        ['loki', 'failing', false, 'u'],
      ]
    );
    assert.doesNotMatch(response.body, /secret\.example/);
  });

  it('are asked whether they answer, and say what is wrong', async () => {
    const { get } = await serve({ check: () => Promise.resolve({ isHealthy: false, problem: 'connection refused' }) });
    const check = sourceCheckSchema.parse((await get('/prom/check')).json());
    assert.deepEqual([check.isHealthy, check.problem], [false, 'connection refused']);
    assert.equal(sourceCheckSchema.parse((await get('/loki/check')).json()).isHealthy, true);
    assert.equal((await get('/gone/check')).statusCode, 404);
  });

  it('tell names that contain what is looked for, in any case, and whether these are all', async () => {
    const { get } = await serve();
    const names = sourceNamesSchema.parse((await get('/prom/names?match=http')).json());
    assert.deepEqual([names.names, names.isComplete], [['HTTP_errors_total', 'http_requests_total'], true]);
    const first = sourceNamesSchema.parse((await get('/prom/names?limit=1')).json());
    assert.deepEqual([first.names.length, first.isComplete], [1, false]);
    assert.equal((await get('/loki/names')).statusCode, 400);
  });

  it('are asked for their names once a minute, and again at once where that failed', async () => {
    const { get, world } = await serve();
    await Promise.all([get('/prom/names'), get('/prom/names?match=up')]);
    assert.equal(world.asked, 1);
    world.nowSeconds += 61;
    await get('/prom/names');
    assert.equal(world.asked, 2);

    let tries = 0;
    const failing = await serve({
      names: () => Promise.reject(new HeadroomError('SOURCE_CLOSED', { source: `prom ${String(++tries)}` })),
    });
    await failing.get('/prom/names');
    assert.ok((await failing.get('/prom/names')).statusCode >= 400);
    assert.equal(tries, 2);
  });

  it('tell the labels of a metric with their values', async () => {
    const { get } = await serve();
    const { labels } = sourceLabelsSchema.parse((await get('/prom/labels?metric=up')).json());
    assert.deepEqual(labels, [
      { name: 'job', values: ['api', 'web'] },
      { name: 'pod', values: ['a', 'b'] },
    ]);
    assert.equal((await get('/prom/labels')).statusCode, 400);
  });
});

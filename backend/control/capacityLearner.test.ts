import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWorkloadsFile } from '../config/index.ts';
import type { HistorySource } from '../forecasting/index.ts';
import { gridEnd, timeAt, type Series, type TimeGrid } from '../timeseries/index.ts';
import { CapacityLearner } from './capacityLearner.ts';
import { WorkloadObserver } from './workloadObserver.ts';

const NOW = 1_700_006_400;
const STEP = 300;
const GRID: TimeGrid = { startSeconds: NOW - 2015 * STEP, stepSeconds: STEP, length: 2016 };
const PROMISE = { latencySeconds: 0.5, objective: 0.99, unitSeconds: 1 };

/** One worker of 0.05 s (M/M/1), two to four replicas, loaded up to `peak`: a capacity of 10.8 units. */
function measured(metric: string, grid: TimeGrid, peak: number): Series {
  const valueAt = (seconds: number) => {
    const wave = 0.5 + 0.5 * Math.sin((2 * Math.PI * seconds) / 86_400);
    const replicas = 2 + (Math.floor(seconds / 43_200) % 3);
    const load = 20 * (0.05 + (peak - 0.05) * wave);
    const values: Readonly<Record<string, number>> = {
      requests: load * replicas,
      ready: replicas,
      p99: -Math.log(0.01) / (20 - load),
    };
    return values[metric] ?? Number.NaN;
  };
  return { grid, values: Float64Array.from({ length: grid.length }, (_, i) => valueAt(timeAt(grid, i))) };
}

const pastOf = (peak: number, grid = GRID) => ({
  demand: measured('requests', grid, peak),
  replicas: measured('ready', grid, peak),
  latency: { series: measured('p99', grid, peak), quantile: 0.99 },
});

test('what was learnt is kept for a day, and stays where a later past says too little', () => {
  const learner = new CapacityLearner();
  const learn = (peak: number, laterSeconds: number) =>
    learner.learn({
      workload: 'shop',
      capacity: {
        history: pastOf(peak, { ...GRID, startSeconds: GRID.startSeconds + laterSeconds }),
        promise: PROMISE,
        learnsPerReplica: true,
      },
    });
  const first = learn(0.9, 0);
  assert.ok(first?.kind === 'fitted' && Math.abs(first.perReplica / 10.79 - 1) < 0.1, JSON.stringify(first));
  assert.equal(learn(0.2, 3600), first);
  assert.equal(learn(0.2, 90_000), first);
  assert.notEqual(learn(0.85, 200_000), first);
  learner.forget('shop');
  assert.equal(learner.learn({ workload: 'shop' }), undefined);
});

test('what is not known is asked again after an hour, not before', () => {
  const learner = new CapacityLearner();
  const ask = (peak: number, laterSeconds: number) =>
    learner.learn({
      workload: 'shop',
      capacity: {
        history: pastOf(peak, { ...GRID, startSeconds: GRID.startSeconds + laterSeconds }),
        promise: PROMISE,
        learnsPerReplica: true,
      },
    })?.kind;
  assert.deepEqual([ask(0.2, 0), ask(0.9, 1800), ask(0.9, 3600)], ['unknown', 'unknown', 'fitted']);
});

test('a workload with perReplica auto learns its capacity from what is observed, others don’t', async () => {
  const observerOf = async (perReplica: number | 'auto') => {
    const asked: string[] = [];
    const source: HistorySource = {
      name: 'fake',
      history({ query }, grid) {
        asked.push(query as string);
        return Promise.resolve({
          series: [{ labels: {}, series: measured(query as string, grid, 0.9) }],
          warnings: [],
        });
      },
      latest: () => Promise.reject(new Error('not asked')),
      check: () => Promise.resolve({ isHealthy: true }),
      close: () => Promise.resolve(),
    };
    const checked = checkWorkloadsFile(
      {
        sources: [{ name: 'fake', type: 'demo' }],
        workloads: [
          {
            name: 'shop',
            activity: { requests: { query: 'requests' } },
            capacity: { replicas: { query: 'ready' }, perReplica },
            slo: { latencySeconds: 0.5, objective: 0.99, latency: { query: 'p99', quantile: 0.99 } },
            forecast: { step: '5m', horizon: '24h', history: '7d' },
          },
        ],
      },
      'file'
    );
    assert.ok(checked.isValid, JSON.stringify(checked));
    const hooks = { sourceSuccess: () => undefined, sourceError: () => undefined, event: () => undefined };
    const observer = new WorkloadObserver(checked.value.workloads[0]!, new Map([['fake', source]]), hooks as never);
    await observer.update(NOW, new AbortController().signal);
    return { observer, asked };
  };
  const learning = await observerOf('auto');
  const history = learning.observer.capacityHistory(NOW);
  assert.equal(history?.latency?.quantile, 0.99);
  assert.equal(gridEnd(history.demand.grid), gridEnd(history.latency.series.grid));
  const fit = new CapacityLearner().learn({
    workload: 'shop',
    capacity: { history, promise: PROMISE, learnsPerReplica: true },
  });
  assert.equal(fit?.kind, 'fitted');
  assert.deepEqual(learning.observer.jobs(NOW)[0]?.learnsPerReplica, true);
  const told = await observerOf(10);
  assert.equal(told.observer.capacityHistory(NOW), undefined);
  assert.ok(told.asked.includes('p99'), 'the SLO is watched all the same');
});

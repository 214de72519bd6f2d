import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { restartingShares } from './restartingShares.ts';
import { usualWhenFull, type ResourceLimit } from './resourceLimit.ts';
import { serviceMeter, type ServiceOutcome } from './serviceMeter.ts';
import { serviceModel, type ServiceModel, type ServiceObjective } from './serviceModel.ts';

const OBJECTIVE: ServiceObjective = {
  perReplica: 50,
  unitSeconds: 1,
  latencySeconds: 0.25,
  objective: 0.99,
  serviceSeconds: 0.05,
};
const STEP = 60;

function outcomeOf(
  model: ServiceModel,
  demand: readonly number[],
  replicas: readonly number[],
  limited: ReadonlyArray<{ readonly limit: ResourceLimit; readonly use: readonly number[] }> = [],
  startSeconds = 90
): ServiceOutcome {
  const meter = serviceMeter(model, STEP, { limits: limited.map(({ limit }) => limit), startSeconds });
  meter.add(
    Float64Array.from(demand),
    Float64Array.from(replicas),
    limited.map(({ use }) => Float64Array.from(use))
  );
  return meter.outcome();
}

const share = (max: number) => fc.double({ min: 0, max, noNaN: true });
const pathOf = (max: number) => fc.array(share(max), { minLength: 12, maxLength: 12 });
const anyLimit = fc.record({
  limit: fc.record({
    perReplica: fc.constant(1),
    whenFull: fc.constantFrom('queues' as const, 'throttles' as const, 'kills' as const),
  }),
  use: pathOf(30),
});
const anyModel = fc
  .record({
    variability: fc.record({ arrivals: share(2), service: share(1.2) }),
    queueLimit: fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined }),
  })
  .map(({ variability, queueLimit }) => {
    const model = serviceModel({
      ...OBJECTIVE,
      latencySeconds: 1,
      variability,
      ...(queueLimit === undefined ? {} : { queueLimit }),
    });
    assert.ok(model !== undefined);
    return model;
  });

test('whatever is full, arrivals are served, dropped or still waiting', () => {
  fc.assert(
    fc.property(
      anyModel,
      pathOf(2000),
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 12, maxLength: 12 }),
      fc.array(anyLimit, { maxLength: 3 }),
      (model, demand, counts, limited) => {
        const { arrivals, throughput, dropped, queued, sloAttainment } = outcomeOf(model, demand, counts, limited);
        assert.ok(Math.abs(arrivals - throughput - dropped - queued) < 1e-6 * Math.max(1, arrivals));
        assert.ok(throughput >= 0 && dropped >= 0 && queued >= 0);
        assert.ok(sloAttainment === null || (sloAttainment >= -1e-12 && sloAttainment <= 1));
      }
    )
  );
});

test('more replicas never mean more drops or kills, and while nothing is killed no more latency or less attainment', () => {
  fc.assert(
    fc.property(
      anyModel,
      pathOf(2000),
      fc.integer({ min: 0, max: 40 }),
      fc.array(anyLimit, { maxLength: 3 }),
      (model, demand, count, limited) => {
        const [few, more] = [count, count + 1].map((replicas) =>
          outcomeOf(
            model,
            demand,
            demand.map(() => replicas),
            limited
          )
        );
        assert.ok(more!.dropped <= few!.dropped + 1e-9 * (1 + few!.dropped));
        if (few!.latencySeconds !== null && few!.killed === 0) {
          for (const level of ['p50', 'p95', 'p99'] as const) {
            assert.ok(more!.latencySeconds![level] <= few!.latencySeconds[level] * (1 + 1e-5));
          }
          assert.ok(more!.sloAttainment! >= few!.sloAttainment! - 1e-9);
        }
      }
    )
  );
});

test('no more wait than the queue holds: the rest is dropped', () => {
  const model = serviceModel({ ...OBJECTIVE, queueLimit: 6 })!;
  const { queued, dropped } = outcomeOf(model, [1000], [2]);
  assert.ok(Math.abs(queued * STEP - 12) < 1e-9);
  assert.ok(Math.abs(dropped - (1000 - 2 * model.saturation - queued)) < 1e-9);
  assert.equal(outcomeOf(serviceModel({ ...OBJECTIVE, queueLimit: 0 })!, [1000, 0], [2, 2]).queued, 0);
});

test('a full cpu queues, a full disk only slows what is beyond it, a full memory kills', () => {
  const model = serviceModel(OBJECTIVE)!;
  const demand = [50, 50, 50, 50];
  const run = (whenFull: ResourceLimit['whenFull'], use: number) =>
    outcomeOf(model, demand, [2, 2, 2, 2], [{ limit: { perReplica: 1, whenFull }, use: demand.map(() => use) }], STEP);
  const free = outcomeOf(model, demand, [2, 2, 2, 2]);
  assert.deepEqual(run('throttles', 1.9), { ...free });
  assert.ok(run('queues', 1.9).latencySeconds!.p99 > 1.3 * free.latencySeconds!.p99);
  assert.ok(run('queues', 1.9).dropped === 0 && run('queues', 4).dropped > 0 && run('throttles', 4).dropped > 0);
  assert.deepEqual(run('kills', 2), free);
  const killed = run('kills', 4);
  assert.equal(killed.killed, 1);
  assert.ok(killed.latencySeconds!.p99 > free.latencySeconds!.p99);
});

test('who was killed is back after the start-up time, and a step that it only half misses counts half', () => {
  const killed = new Float64Array(5);
  const shares = restartingShares(Float64Array.of(1, 4, 1, 1, 1), new Float64Array(5).fill(2), 1, 90, 60, killed);
  assert.deepEqual([...killed], [0, 0.5, 0, 0, 0]);
  assert.deepEqual([...shares], [0, 0.5, 0.5, 0.25, 0]);
  assert.deepEqual(
    [...restartingShares(Float64Array.of(0, 3), new Float64Array(2), 1, 0, 60, new Float64Array(2))],
    [0, 1]
  );
});

test('replicas that hinder each other serve less, and each request takes longer', () => {
  const hindered = serviceModel({ ...OBJECTIVE, scalability: { contention: 0.05, coherence: 0 } })!;
  const free = serviceModel(OBJECTIVE)!;
  const demand = [12 * free.saturation];
  const [a, b] = [outcomeOf(hindered, demand, [10]), outcomeOf(free, demand, [10])];
  assert.ok(Math.abs(a.throughput - b.throughput / 1.45) < 1e-9);
  const [c, d] = [outcomeOf(hindered, [1], [10]), outcomeOf(free, [1], [10])];
  assert.ok(Math.abs(c.latencySeconds!.p50 / d.latencySeconds!.p50 - 1.45) < 0.08);
});

test('a model with known workers is held to its objective', () => {
  assert.equal(serviceModel({ ...OBJECTIVE, workersPerReplica: 2 }), undefined);
  assert.equal(serviceModel({ ...OBJECTIVE, workersPerReplica: 9 })?.saturation, 180);
});

test('cpu and what nobody knows queues, memory kills, disk and network throttle', () => {
  assert.deepEqual(['cpu', 'gpu', 'memory', 'disk', 'network'].map(usualWhenFull), [
    'queues',
    'queues',
    'kills',
    'throttles',
    'throttles',
  ]);
});

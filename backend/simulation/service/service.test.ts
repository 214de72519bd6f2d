import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { responseTail } from './responseTail.ts';
import { serviceMeter } from './serviceMeter.ts';
import { serviceModel, type ServiceObjective } from './serviceModel.ts';
import { waitProbability } from './waitProbability.ts';

const OBJECTIVE: ServiceObjective = {
  perReplica: 50,
  unitSeconds: 1,
  latencySeconds: 0.25,
  objective: 0.99,
  serviceSeconds: 0.05,
};

test('Erlang C is the utilisation for one server, 1/3 for two half loaded, and 0.409 for ten with eight erlangs', () => {
  assert.ok(Math.abs(waitProbability(1, 0.7) - 0.7) < 1e-12);
  assert.ok(Math.abs(waitProbability(2, 1) - 1 / 3) < 1e-12);
  assert.ok(Math.abs(waitProbability(10, 8) - 0.409) < 5e-4);
  assert.equal(waitProbability(3, 3), 1);
  assert.equal(waitProbability(3, 0), 0);
});

test("many servers wait as Erlang B's recursion says, and as the limit of Halfin and Whitt nearly says", () => {
  const byRecursion = (servers: number, load: number) => {
    let blocking = 1;
    for (let server = 1; server <= servers; server++) {
      blocking = (load * blocking) / (server + load * blocking);
    }
    return blocking / (1 - (load / servers) * (1 - blocking));
  };
  for (const servers of [1, 2, 17, 1000, 250_000]) {
    for (const utilization of [0.2, 0.9, 0.99, 0.9999]) {
      const exact = byRecursion(servers, servers * utilization);
      assert.ok(Math.abs(waitProbability(servers, servers * utilization) - exact) <= 1e-9 * exact + 1e-300);
    }
  }
  assert.equal(waitProbability(100_000_000, 50_000_000), 0);
});

test('one server answers as the closed form of M/M/1 says', () => {
  const tail = responseTail(1, 0.6, 0.1);
  for (const seconds of [0.05, 0.2, 1]) {
    assert.ok(Math.abs(tail(seconds) - Math.exp((-0.4 * seconds) / 0.1)) < 1e-12);
  }
  assert.equal(tail(0), 1);
});

test('response times agree with a simulation, event by event, of eight servers', () => {
  const [servers, load, serviceSeconds, count] = [8, 6.4, 1, 200_000];
  const random = seededRandom(17);
  const exponential = (mean: number) => -mean * Math.log(1 - random());
  const freeAt = new Float64Array(servers);
  const limits = [1, 2, 4];
  const slow = limits.map(() => 0);
  let now = 0;
  for (let i = 0; i < count; i++) {
    now += exponential(serviceSeconds / load);
    const server = freeAt.indexOf(Math.min(...freeAt));
    freeAt[server] = Math.max(now, freeAt[server]!) + exponential(serviceSeconds);
    limits.forEach((limit, k) => {
      slow[k]! += freeAt[server]! - now > limit ? 1 : 0;
    });
  }
  const tail = responseTail(servers, load, serviceSeconds);
  limits.forEach((limit, k) => {
    assert.ok(Math.abs(slow[k]! / count - tail(limit)) < 0.01, `${String(slow[k]! / count)} ${String(tail(limit))}`);
  });
});

test('a tail never rises with time, and never falls with load', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      (servers, a, b, t, u) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((share) => responseTail(servers, share * servers, 1));
        assert.ok(less!(Math.max(t, u)) <= less!(Math.min(t, u)) + 1e-12);
        assert.ok(less!(t) <= more!(t) + 1e-9);
      }
    )
  );
});

test('a replica meets its objective at perReplica with its workers, and would not with one fewer', () => {
  const model = serviceModel(OBJECTIVE)!;
  const late = (workers: number) => responseTail(workers, 2.5, 0.05)(0.25);
  assert.ok(late(model.workersPerReplica) <= 0.01);
  assert.ok(model.workersPerReplica === 3 || late(model.workersPerReplica - 1) > 0.01);
  assert.ok(model.saturation >= 50);
});

test('service that alone takes longer than the objective has no model', () => {
  assert.equal(serviceModel({ ...OBJECTIVE, serviceSeconds: 0.2 }), undefined);
});

const demandOf = fc.array(fc.double({ min: 0, max: 2000, noNaN: true }), { minLength: 1, maxLength: 30 });

test('arrivals are served, dropped or still waiting: none is lost or made', () => {
  const model = serviceModel(OBJECTIVE)!;
  fc.assert(
    fc.property(
      demandOf,
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 30, maxLength: 30 }),
      (demand, counts) => {
        const meter = serviceMeter(model, 60);
        meter.add(Float64Array.from(demand), Float64Array.from(counts.slice(0, demand.length)));
        const { arrivals, throughput, dropped, queued } = meter.outcome();
        assert.ok(Math.abs(arrivals - throughput - dropped - queued) < 1e-6 * Math.max(1, arrivals));
        assert.ok(throughput >= 0 && dropped >= 0 && queued >= 0);
      }
    )
  );
});

test('more replicas never mean more latency, more drops or less attainment', () => {
  const model = serviceModel(OBJECTIVE)!;
  fc.assert(
    fc.property(demandOf, fc.integer({ min: 0, max: 40 }), (demand, count) => {
      const [few, more] = [count, count + 1].map((replicas) => {
        const meter = serviceMeter(model, 60);
        meter.add(Float64Array.from(demand), new Float64Array(demand.length).fill(replicas));
        return meter.outcome();
      });
      assert.ok(more!.dropped <= few!.dropped + 1e-9);
      if (few!.latencySeconds !== null) {
        for (const level of ['p50', 'p95', 'p99'] as const) {
          assert.ok(more!.latencySeconds![level] <= few!.latencySeconds[level] + 1e-6);
        }
        assert.ok(more!.sloAttainment! >= few!.sloAttainment! - 1e-9);
      }
    })
  );
});

test('a flood above saturation drops what it cannot serve, and those served wait', () => {
  const model = serviceModel(OBJECTIVE)!;
  const meter = serviceMeter(model, 60);
  const random = seededRandom(3);
  meter.add(
    Float64Array.from({ length: 100 }, () => 5 * model.saturation + randomNormal(random)),
    new Float64Array(100).fill(2)
  );
  const { dropped, latencySeconds, sloAttainment } = meter.outcome();
  assert.ok(Math.abs(dropped / model.saturation - 3) < 0.05);
  assert.ok(latencySeconds!.p50 > 2 && sloAttainment! < 0.05);
});

test('nothing that arrives has no latency, rather than a latency of 0', () => {
  const meter = serviceMeter(serviceModel(OBJECTIVE)!, 60);
  meter.add(new Float64Array(3), new Float64Array(3).fill(1));
  assert.equal(meter.outcome().latencySeconds, null);
  assert.equal(meter.outcome().sloAttainment, null);
});

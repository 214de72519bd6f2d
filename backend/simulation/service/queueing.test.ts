import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { meanWaitSeconds } from './meanWaitSeconds.ts';
import { responseTail } from './responseTail.ts';
import { replicasForWork, workStretch } from './scalability.ts';
import { serviceEvents } from './serviceEvents.fixture.ts';
import { serviceMeter } from './serviceMeter.ts';
import { serviceModel } from './serviceModel.ts';
import { servicePhases } from './servicePhases.ts';
import { waitProbability } from './waitProbability.ts';

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const close = (actual: number, expected: number, relative: number) => {
  assert.ok(Math.abs(actual - expected) <= relative * expected, `${String(actual)} is not ${String(expected)}`);
};

test('the mean wait is the closed form of M/M/1, M/D/1, M/G/1 and M/M/2', () => {
  for (const load of [0.1, 0.5, 0.9, 0.99]) {
    close(meanWaitSeconds(1, load, 2), (2 * load) / (1 - load), 1e-12);
    close(meanWaitSeconds(1, load, 2, { arrivals: 1, service: 0 }), load / (1 - load), 1e-12);
    close(meanWaitSeconds(1, load, 2, { arrivals: 1, service: 4 }), (2.5 * 2 * load) / (1 - load), 1e-12);
    close(meanWaitSeconds(2, 2 * load, 2), (2 * load * load) / (1 - load * load), 1e-12);
  }
  assert.equal(meanWaitSeconds(1, 1, 2), Number.POSITIVE_INFINITY);
});

test('a service time has the mean and the variability asked for', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20, noNaN: true }), (variability) => {
      const { delaySeconds, phases } = servicePhases(3, variability);
      const first = delaySeconds + phases.reduce((sum, { share, meanSeconds }) => sum + share * meanSeconds, 0);
      const second = phases.reduce((sum, { share, meanSeconds }) => sum + 2 * share * meanSeconds ** 2, 0);
      const around = first - delaySeconds;
      assert.ok(Math.abs(first - 3) < 1e-9);
      assert.ok(Math.abs((second - around ** 2) / 9 - variability) < 1e-9 * (1 + variability));
    })
  );
});

test('the tail of the response time adds up to the mean wait and the service', () => {
  for (const variability of [
    { arrivals: 1, service: 1 },
    { arrivals: 1, service: 0 },
    { arrivals: 0.5, service: 0.3 },
    { arrivals: 2, service: 5 },
  ]) {
    const tail = responseTail(4, 3, 1, variability);
    let sum = 0;
    for (let i = 0; i < 200_000; i++) {
      sum += tail((i + 0.5) * 1e-3) * 1e-3;
    }
    close(sum, 1 + meanWaitSeconds(4, 3, 1, variability), 1e-3);
  }
});

test('waits agree with a simulation event by event, for chance, clocks and bursts', () => {
  for (const [servers, load, variability, tolerance] of [
    [1, 0.8, { arrivals: 1, service: 1 }, 0.04],
    [1, 0.8, { arrivals: 1, service: 0 }, 0.04],
    [8, 6.8, { arrivals: 1, service: 1 }, 0.05],
    [8, 6.8, { arrivals: 1, service: 0 }, 0.1],
    [4, 3.4, { arrivals: 0.5, service: 0.5 }, 0.2],
    [4, 3.4, { arrivals: 2, service: 3 }, 0.2],
  ] as const) {
    const { waitSeconds, responseSeconds } = serviceEvents({
      servers,
      arrivalSeconds: 1 / load,
      serviceSeconds: 1,
      variability,
      seed: 11,
      count: 400_000,
    });
    close(mean(waitSeconds), meanWaitSeconds(servers, load, 1, variability), tolerance);
    const tail = responseTail(servers, load, 1, variability);
    const sorted = responseSeconds.slice().sort();
    for (const level of [0.5, 0.95, 0.99]) {
      const seconds = sorted[Math.floor(level * sorted.length)]!;
      assert.ok(
        Math.abs(tail(seconds) - (1 - level)) < 0.3 * (1 - level) + 0.01,
        `${String(servers)} ${String(level)}`
      );
    }
  }
});

test('a step at and around saturation takes as long as event by event, from an empty start', () => {
  const stepSeconds = 60;
  const model = serviceModel({
    perReplica: 50,
    unitSeconds: 1,
    latencySeconds: 0.25,
    objective: 0.99,
    serviceSeconds: 0.05,
  })!;
  const errors = [0.7, 0.9, 1, 1.02].map((utilization) => {
    const rate = utilization * model.saturation;
    const meter = serviceMeter(model, stepSeconds);
    meter.add(Float64Array.of(rate), Float64Array.of(1));
    const ours = meter.outcome().latencySeconds!;
    const seen: number[] = [];
    for (let seed = 1; seed <= 30; seed++) {
      const { arrivedSeconds, responseSeconds } = serviceEvents({
        servers: model.workersPerReplica,
        arrivalSeconds: 1 / rate,
        serviceSeconds: model.serviceSeconds,
        variability: { arrivals: 1, service: 1 },
        seed,
        count: Math.ceil(1.5 * rate * stepSeconds),
      });
      seen.push(
        ...responseSeconds.subarray(
          0,
          arrivedSeconds.findIndex((at) => at > stepSeconds)
        )
      );
    }
    seen.sort((a, b) => a - b);
    return Math.abs(Math.log(ours.p50 / seen[Math.floor(0.5 * seen.length)]!));
  });
  assert.ok(Math.max(...errors) < Math.log(1.6), errors.join(' '));
});

test('latency has no jump where the queue fills', () => {
  const model = serviceModel({
    perReplica: 50,
    unitSeconds: 1,
    latencySeconds: 0.25,
    objective: 0.99,
    serviceSeconds: 0.05,
  })!;
  const at = (utilization: number) => {
    const meter = serviceMeter(model, 60);
    meter.add(Float64Array.of(utilization * model.saturation), Float64Array.of(1));
    return meter.outcome().latencySeconds!;
  };
  for (let utilization = 0.8; utilization < 1.1; utilization += 0.002) {
    const [before, after] = [at(utilization), at(utilization + 0.002)];
    assert.ok(after.p50 >= before.p50 - 1e-9 && after.p50 / before.p50 < 1.35, String(utilization));
    assert.ok(after.p99 >= before.p99 - 1e-9 && after.p99 / before.p99 < 1.35, String(utilization));
  }
});

test('no more replicas than asked for serve what replicas that do not hinder each other would', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 200, noNaN: true }),
      fc.double({ min: 0, max: 0.2, noNaN: true }),
      fc.double({ min: 0, max: 0.001, noNaN: true }),
      (linear, contention, coherence) => {
        const scalability = { contention, coherence };
        const worth = (replicas: number) => replicas / workStretch(replicas, scalability);
        const count = replicasForWork(linear, scalability);
        if (Number.isFinite(count)) {
          assert.ok(worth(count) >= linear - 1e-9 && count >= linear - 1e-9);
          assert.ok(count <= 1 || worth(count - 1) < linear || count === Math.ceil(linear));
        } else {
          for (let replicas = 1; replicas <= 4000; replicas++) {
            assert.ok(worth(replicas) < linear);
          }
        }
      }
    )
  );
  assert.equal(replicasForWork(7.2, { contention: 0, coherence: 0 }), 8);
  assert.ok(Math.abs(workStretch(10, { contention: 0.02, coherence: 0.001 }) - 1.27) < 1e-12);
});

test('a probability to wait is a probability', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1.2, noNaN: true }), (servers, share) => {
      const waits = waitProbability(servers, share * servers);
      assert.ok(waits >= 0 && waits <= 1);
    })
  );
});

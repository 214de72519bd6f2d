import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { objectiveLoad, serviceModel } from '../../../simulation/index.ts';
import { EXAMPLE_SERVICE } from '../whatIfService.fixture.ts';
import type { WhatIfReport, WhatIfSeries, WhatIfService } from '../whatIfTypes.ts';
import { whatIf } from '../whatIf.ts';
import { replicaSizes } from './replicaSizes.ts';

const STEPS = 24;
const LEVELS = [0.1, 0.5, 0.9];
const HISTORY = 288;

function seriesOf(name: string, level: number, perReplica?: number, unit = ''): WhatIfSeries {
  return {
    name,
    unit,
    forecast: {
      grid: { startSeconds: 1_700_006_700, stepSeconds: 300, length: STEPS },
      levels: LEVELS,
      values: Float64Array.from(
        { length: LEVELS.length * STEPS },
        (_, i) => level * (0.9 + 0.1 * Math.floor(i / STEPS))
      ),
    },
    history: {
      grid: { startSeconds: 1_700_006_400 - (HISTORY - 1) * 300, stepSeconds: 300, length: HISTORY },
      values: Float64Array.from({ length: HISTORY }, (_, i) => level * (1 + 0.05 * Math.sin(i))),
    },
    ...(perReplica === undefined ? {} : { perReplica }),
  };
}

const SERIES = [seriesOf('requests', 400, 50), seriesOf('cpu', 14, 2), seriesOf('memory', 20e9, 4e9, 'bytes')];

const sizesOf = (series: readonly WhatIfSeries[], service: WhatIfService) => {
  const found = replicaSizes(series, service);
  assert.ok('sizes' in found, JSON.stringify(found));
  return found.sizes;
};

function run(series: readonly WhatIfSeries[], service: WhatIfService): WhatIfReport {
  const simulation = whatIf({
    series,
    scenarios: [],
    plans: [],
    service,
    levels: LEVELS,
    confidence: { historySeconds: 20 * 86_400 },
    pathCount: 100,
    seed: 3,
  });
  for (let next = simulation.next(); ; next = simulation.next()) {
    if (next.done === true) {
      return next.value;
    }
  }
}

test('so much load keeps the objective, and a little more does not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.constantFrom(0.9, 0.99), (workers, objective) => {
      const model = { ...EXAMPLE_SERVICE.model!, objective };
      const load = objectiveLoad(model, workers);
      const at = (perReplica: number) => serviceModel({ ...model, perReplica, workersPerReplica: workers });
      assert.ok(at(load * 0.999) !== undefined && at(load * 1.01) === undefined);
      assert.ok(objectiveLoad(model, 2 * workers) > 2 * load);
    })
  );
});

test('an objective that service alone misses is kept by no load', () => {
  assert.equal(objectiveLoad({ ...EXAMPLE_SERVICE.model!, latencySeconds: 0.01 }, 8), 0);
});

test('requests, prices and what is served change together; disk and network stay', () => {
  const series = [...SERIES, seriesOf('network', 5e6, 1e7, 'Bps')];
  const sizes = sizesOf(series, EXAMPLE_SERVICE);
  assert.ok(sizes[0]!.factor < 1 && sizes[1]!.factor === 2);
  for (const { factor, perReplica, requests, prices, model } of sizes) {
    assert.deepEqual(requests, { cpu: 2 * factor, memory: 4e9 * factor });
    assert.deepEqual(perReplica.slice(1), [2 * factor, 4e9 * factor, 1e7]);
    assert.ok(Math.abs(prices.replicaHour! - 0.1 * factor) < 1e-12);
    assert.equal(prices.violationMinute, 1);
    assert.ok(Math.abs(model!.workersPerReplica / EXAMPLE_SERVICE.model!.workersPerReplica - factor) < 1e-12);
    assert.ok(factor > 1 ? perReplica[0]! > 50 * factor : perReplica[0]! < 50 * factor, 'a pool serves better');
  }
  const { model, ...unknown } = EXAMPLE_SERVICE;
  assert.ok(model !== undefined);
  assert.deepEqual(
    sizesOf(SERIES, unknown).map(({ perReplica }) => perReplica[0]),
    [25, 100]
  );
});

test('a replica of one worker is not halved', () => {
  const one = serviceModel({ ...EXAMPLE_SERVICE.model!, perReplica: 2, workersPerReplica: 1, serviceSeconds: 0.01 })!;
  assert.deepEqual(
    sizesOf(SERIES, { ...EXAMPLE_SERVICE, model: one }).map(({ factor }) => factor),
    [2]
  );
});

test('without cpu of a replica or a price there are none, and why is said', () => {
  const reasonOf = (series: readonly WhatIfSeries[], service: WhatIfService) =>
    run(series, service).absent.find(({ kind }) => kind === 'requests')?.reason;
  assert.match(reasonOf([SERIES[0]!, seriesOf('cpu', 14)], EXAMPLE_SERVICE)!, /cpu is not known/);
  assert.match(reasonOf([SERIES[0]!, SERIES[2]!], EXAMPLE_SERVICE)!, /cpu is not known/);
  assert.match(reasonOf(SERIES, { ...EXAMPLE_SERVICE, prices: { violationMinute: 1 } })!, /replicaHour/);
  assert.equal(reasonOf(SERIES, EXAMPLE_SERVICE), undefined);
});

test('fewer bigger and more smaller replicas stand beside the other kinds with cost, risk and latency', () => {
  const { candidates, frontiers } = run(SERIES, EXAMPLE_SERVICE);
  assert.deepEqual(
    candidates.map(({ kind }) => kind),
    ['static', 'scheduled-floor', 'requests', 'requests']
  );
  const [, scheduled, smaller, bigger] = candidates;
  const most = ({ replicas }: (typeof candidates)[0]) => Math.max(...replicas.map(({ count }) => count));
  assert.ok(most(smaller!) > most(scheduled!) && most(scheduled!) > most(bigger!));
  for (const one of candidates) {
    assert.ok(one.isWithinRisk && one.cost! > 0 && one.latencySeconds!.p99 > 0 && one.sloAttainment! > 0.9);
  }
  assert.ok(frontiers.requests!.length >= 2);
});

test('memory binds: replicas that request less of it are more, and none is killed within the risk', () => {
  const series = [SERIES[0]!, seriesOf('cpu', 5, 2), seriesOf('memory', 60e9, 4e9, 'bytes')];
  const { candidates } = run(series, EXAMPLE_SERVICE);
  const [smaller, bigger] = candidates.filter(({ kind }) => kind === 'requests');
  const least = ({ replicas, requests }: (typeof candidates)[0]) =>
    Math.min(...replicas.map(({ count }) => count)) * requests!.perReplica['memory']!;
  assert.ok(least(smaller!) >= 54e9 && least(bigger!) >= 54e9);
  assert.ok(candidates.every(({ killed }) => killed !== null && killed < 0.5));
});

test('a limit of replicas that is too low for smaller ones is said', () => {
  const { candidates } = run(SERIES, { ...EXAMPLE_SERVICE, max: 11 });
  const [smaller, bigger] = candidates.filter(({ kind }) => kind === 'requests');
  assert.deepEqual([smaller!.isWithinRisk, bigger!.isWithinRisk], [false, true]);
});

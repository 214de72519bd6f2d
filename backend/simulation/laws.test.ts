import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compileScenario,
  independence,
  proportionalMap,
  samplePaths,
  scenarioRun,
  serviceMeter,
  serviceModel,
  shortfallCounter,
  type Margin,
} from './index.ts';

const STEPS = 6;
const PATHS = 40;
const MODEL = serviceModel({
  perReplica: 50,
  unitSeconds: 1,
  latencySeconds: 0.25,
  objective: 0.99,
  serviceSeconds: 0.05,
})!;

const anyMargin = fc
  .array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 3 * STEPS, maxLength: 3 * STEPS })
  .map((values): Margin => {
    const columns = Array.from({ length: STEPS }, (_, step) =>
      [0, 1, 2].map((level) => values[level * STEPS + step]!).sort((a, b) => a - b)
    );
    return {
      levels: [0.1, 0.5, 0.9],
      values: Float64Array.from({ length: 3 * STEPS }, (_, i) => columns[i % STEPS]![Math.floor(i / STEPS)]!),
    };
  });

interface Future {
  readonly demand: Float64Array;
  readonly probability: Float64Array;
  readonly anyProbability: number;
  readonly window: Float64Array;
  readonly dropped: number;
}

/** Demand scaled by a factor, against replicas that stay as they are. */
function futureOf(margin: Margin, factor: number, replicas: number, seed: number): Future {
  const context = { demand: 'requests', resources: [], stepSeconds: 60, stepCount: STEPS };
  const interventions = factor === 1 ? [] : [{ kind: 'scale' as const, target: 'requests', factor }];
  const run = scenarioRun(compileScenario({ name: 'scaled', interventions }, context), {
    stepSeconds: 60,
    typical: [100],
    maps: [proportionalMap(0)],
    seed,
  });
  const counter = shortfallCounter(STEPS, [2]);
  const meter = serviceMeter(MODEL, 60);
  const counts = new Float64Array(STEPS).fill(replicas);
  const demand: number[] = [];
  for (const block of samplePaths([margin], independence(1), { pathCount: PATHS, seed })) {
    const { values } = run(block);
    for (let path = 0; path < block.pathCount; path++) {
      const row = values.slice(path * STEPS, (path + 1) * STEPS);
      counter.add(Uint8Array.from(row, (value) => (value > replicas * MODEL.perReplica ? 1 : 0)));
      meter.add(row, counts);
      demand.push(...row);
    }
  }
  const { probability, anyProbability, window } = counter.risk();
  return {
    demand: Float64Array.from(demand),
    probability: probability.slice(1),
    anyProbability,
    window: window[0]!.filter((value) => !Number.isNaN(value)),
    dropped: meter.outcome().dropped,
  };
}

const anyCase = [anyMargin, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 1e6 })] as const;

test('with common random numbers more demand is more on every path, and never less likely to fall short', () => {
  const factor = fc.double({ min: 0.2, max: 4, noNaN: true });
  fc.assert(
    fc.property(...anyCase, factor, factor, (margin, replicas, seed, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((each) => futureOf(margin, each, replicas, seed));
      assert.ok(less!.demand.every((value, i) => value <= more!.demand[i]! + 1e-9));
      assert.ok(less!.probability.every((value, i) => value <= more!.probability[i]! + 1e-12));
      assert.ok(less!.anyProbability <= more!.anyProbability + 1e-12);
      assert.ok(less!.dropped <= more!.dropped + 1e-9 * (1 + more!.dropped));
    })
  );
});

test('with common random numbers one replica more never falls short more often or drops more', () => {
  fc.assert(
    fc.property(...anyCase, (margin, replicas, seed) => {
      const [few, more] = [replicas, replicas + 1].map((count) => futureOf(margin, 1, count, seed));
      assert.deepEqual(few!.demand, more!.demand);
      assert.ok(few!.probability.every((value, i) => value >= more!.probability[i]!));
      assert.ok(more!.dropped <= few!.dropped + 1e-9 * (1 + few!.dropped));
    })
  );
});

test('every probability is one', () => {
  fc.assert(
    fc.property(...anyCase, (margin, replicas, seed) => {
      const { probability, window, anyProbability } = futureOf(margin, 1, replicas, seed);
      assert.ok([...probability, ...window, anyProbability].every((value) => value >= 0 && value <= 1));
    })
  );
});

test('the scenario that does nothing is the baseline to the bit', () => {
  fc.assert(
    fc.property(...anyCase, (margin, replicas, seed) => {
      const baseline = [...samplePaths([margin], independence(1), { pathCount: PATHS, seed })][0]!;
      assert.deepEqual(futureOf(margin, 1, replicas, seed).demand, baseline.values.slice());
    })
  );
});

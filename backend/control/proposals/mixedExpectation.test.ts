import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SimulationReport } from '../../../contract/index.ts';
import { mixedExpectation } from './mixedExpectation.ts';

type Judged = SimulationReport['scenarios'][number]['plans'][number];

const judged = (changes: Partial<Judged>): Judged =>
  ({
    plan: 'mine',
    cost: 10,
    replicaHours: 5,
    violationMinutes: 1,
    shortfallProbability: [0, 0.1],
    shortfallProbabilityHorizon: 0.1,
    ...changes,
  }) as Judged;

const reportOf = (...scenarios: ReadonlyArray<readonly [weight: number, plan: Judged]>) => ({
  cutoff: 1000,
  stepSeconds: 60,
  scenarios: scenarios.map(([weight, plan]) => ({ weight, plans: [plan] })) as unknown as SimulationReport['scenarios'],
});

test('lies between the scenarios, and is that of the only one that counts', () => {
  const plan = fc.record({
    cost: fc.double({ min: 0, max: 1e6, noNaN: true }),
    replicaHours: fc.double({ min: 0, max: 1e6, noNaN: true }),
    shortfallProbabilityHorizon: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(plan, plan, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, weight) => {
      const mixed = mixedExpectation(reportOf([1 - weight, judged(a)], [weight, judged(b)]), 'mine', 0.05)!;
      const within = (value: number, x: number, y: number) =>
        value >= Math.min(x, y) - 1e-6 && value <= Math.max(x, y) + 1e-6;
      assert.ok(within(mixed.cost!, a.cost, b.cost));
      assert.ok(within(mixed.replicaHours, a.replicaHours, b.replicaHours));
      assert.ok(within(mixed.shortfallProbability, a.shortfallProbabilityHorizon, b.shortfallProbabilityHorizon));
      const alone = mixedExpectation(reportOf([1, judged(a)], [0, judged(b)]), 'mine', 0.05)!;
      assert.equal(alone.cost, a.cost);
    })
  );
});

test('first falls short where the mixture, not one scenario, is beyond the risk', () => {
  const safe = judged({ shortfallProbability: [0, 0, 0] });
  const risky = judged({ shortfallProbability: [0.05, 0.3, 1] });
  const mixed = mixedExpectation(reportOf([0.5, safe], [0.5, risky]), 'mine', 0.1);
  assert.equal(mixed?.firstShortfallAt, 1000 + 2 * 60);
  assert.equal(mixedExpectation(reportOf([1, safe]), 'mine', 0.1)?.firstShortfallAt, null);
});

test('has no cost where one scenario has no price, and is null of a plan that nobody judged', () => {
  const unpriced = judged({ cost: null });
  assert.equal(mixedExpectation(reportOf([0.5, judged({})], [0.5, unpriced]), 'mine', 0.1)?.cost, null);
  assert.equal(mixedExpectation(reportOf([1, judged({})]), 'other', 0.1), null);
});

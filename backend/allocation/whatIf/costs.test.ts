import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shortfallCounter } from '../../simulation/index.ts';
import { paidHours } from '../paidHours.ts';
import { churnCost, scaleActions } from '../prices.ts';
import { weighedPrices } from '../weighedPrices.ts';
import { blockNeeds } from './blockNeeds.ts';

test('a replica is paid while it starts and while it drains', () => {
  const hours = paidHours(Int32Array.of(3, 5, 5, 2), 2, 3600, { startSeconds: 180, drainSeconds: 60 });
  assert.deepEqual(hours, { serving: 15, changing: (3 * 180 + 3 * 60) / 3600 });
  assert.deepEqual(paidHours(new Int32Array(0), 2, 60, { startSeconds: 1, drainSeconds: 1 }), {
    serving: 0,
    changing: 0,
  });
});

test('each change of the number of replicas is an action with a price', () => {
  assert.equal(scaleActions(Int32Array.of(3, 3, 4, 4, 2), 3), 2);
  assert.equal(churnCost(Int32Array.of(1, 2), 3, { scaleAction: 0.5 }), 1);
  assert.equal(churnCost(Int32Array.of(1, 2), 3, {}), 0);
});

test('weights multiply prices; what has no price has none', () => {
  assert.deepEqual(
    weighedPrices(
      { replicaHour: 2, tierReplicaHour: { committed: 1, reserved: 2, burst: 3 }, violationMinute: 4, scaleAction: 5 },
      { replicas: 0.5, churn: 0, dropped: 9 }
    ),
    { replicaHour: 1, tierReplicaHour: { committed: 0.5, reserved: 1, burst: 1.5 }, violationMinute: 4, scaleAction: 0 }
  );
  assert.deepEqual(weighedPrices({}, { replicas: 3 }), {});
});

test('replicas that slow each other down are asked for in greater number, at worst without end', () => {
  const block = { firstPath: 0, pathCount: 1, seriesCount: 1, stepCount: 3, values: Float64Array.of(10, 100, 5000) };
  const needs = (contention: number) => [...blockNeeds(block, block, [10], { contention, coherence: 0 })];
  assert.deepEqual(needs(0), [1, 10, 500]);
  assert.deepEqual(needs(0.05), [1, 19, 2 ** 31 - 1]);
});

test('the shortfall probability of independent margins is the closed form', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 4 }),
      (shortOf, window) => {
        const steps = shortOf.length;
        const paths = 5 ** steps;
        const counter = shortfallCounter(steps, [Math.min(window, steps)]);
        for (let path = 0; path < paths; path++) {
          counter.add(Uint8Array.from(shortOf, (short, step) => (Math.floor(path / 5 ** step) % 5 < short ? 1 : 0)));
        }
        const {
          probability,
          window: [windows],
          anyProbability,
        } = counter.risk();
        const anyOf = (some: readonly number[]) => 1 - some.reduce((none, short) => none * (1 - short / 5), 1);
        shortOf.forEach((short, step) => {
          assert.ok(Math.abs(probability[step + 1]! - short / 5) < 1e-12);
        });
        assert.ok(Math.abs(anyProbability - anyOf(shortOf)) < 1e-12);
        assert.ok(Math.abs(windows![0]! - anyOf(shortOf.slice(0, Math.min(window, steps)))) < 1e-12);
      }
    )
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_HPA_BEHAVIOR, type HpaBehavior } from './hpaBehavior.ts';
import { hpaController } from './hpaController.ts';
import { utilizationReplicas } from './utilizationReplicas.ts';

const BOUNDS = { min: 1, max: 1000 };

function syncs(behavior: HpaBehavior, from: number, recommended: readonly number[], everySeconds = 15): number[] {
  const controller = hpaController(from, behavior);
  let current = from;
  return recommended.map((each, index) => (current = controller.sync(index * everySeconds, current, each, BOUNDS)));
}

const down = (value: number): HpaBehavior => ({
  ...DEFAULT_HPA_BEHAVIOR,
  down: { stabilizationSeconds: 0, select: 'max', policies: [{ kind: 'percent', value, periodSeconds: 60 }] },
});

test('10 % a minute takes 80 to 72 and then to 64, as the documentation of Kubernetes has it', () => {
  assert.deepEqual(syncs(down(10), 80, [10, 10, 10], 60), [72, 64, 57]);
});

test('within a period the limit counts from what there was at its start', () => {
  assert.deepEqual(syncs(down(10), 80, [10, 10, 10, 10, 10], 15), [72, 72, 72, 72, 64]);
});

test('by default it doubles or adds four in 15 s, whichever is more', () => {
  assert.deepEqual(syncs(DEFAULT_HPA_BEHAVIOR, 1, [100, 100, 100, 100, 100, 100]), [5, 10, 20, 40, 80, 100]);
  assert.deepEqual(syncs(DEFAULT_HPA_BEHAVIOR, 1, [100, 100, 100, 100], 5), [5, 5, 5, 10]);
});

test('scaling in waits until no recommendation of the last five minutes was higher', () => {
  const recommended = Array.from({ length: 40 }, (_, i) => (i === 0 ? 100 : i === 10 ? 60 : 40));
  const seen = syncs(DEFAULT_HPA_BEHAVIOR, 100, recommended);
  assert.deepEqual(seen, [
    ...Array<number>(20).fill(100),
    ...Array<number>(10).fill(60),
    ...Array<number>(10).fill(40),
  ]);
});

test('a disabled direction stays where it is', () => {
  const frozen: HpaBehavior = { ...down(100), down: { ...down(100).down, select: 'disabled' } };
  assert.deepEqual(syncs(frozen, 20, [5, 5, 30, 5]), [20, 20, 30, 30]);
});

test('bounds come last and at once, whatever limits the rate', () => {
  const controller = hpaController(1);
  assert.equal(controller.sync(0, 1, 1, { min: 50, max: 60 }), 50);
  assert.equal(controller.sync(15, 50, 500, { min: 1, max: 60 }), 60);
});

const sample = { perReplica: 1, targetUtilization: 0.5, tolerance: 0.1, current: 20, ready: 20 };

test('a change within the tolerance is none', () => {
  assert.equal(utilizationReplicas({ ...sample, demand: 10.9 }), 20);
  assert.equal(utilizationReplicas({ ...sample, demand: 11.2 }), 23);
  assert.equal(utilizationReplicas({ ...sample, demand: 8.9 }), 18);
});

test('replicas that are not ready count as idle when scaling out', () => {
  assert.equal(utilizationReplicas({ ...sample, ready: 10, demand: 9 }), 20);
  assert.equal(utilizationReplicas({ ...sample, ready: 10, demand: 20 }), 40);
  assert.equal(utilizationReplicas({ ...sample, ready: 10, demand: 2 }), 4);
  assert.equal(utilizationReplicas({ ...sample, ready: 0, demand: 2 }), 20);
});

test('without tolerance it asks for exactly what the target takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 500, noNaN: true }), (current, demand) => {
      const asked = utilizationReplicas({ ...sample, tolerance: 0, current, ready: current, demand });
      assert.ok(Math.abs(asked - Math.ceil(demand / 0.5 - 1e-6)) <= 1);
    })
  );
});

test('it never leaves its bounds, and never goes against what is recommended', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 60 }), (recommended) => {
      const controller = hpaController(20);
      let current = 20;
      for (const [index, each] of recommended.entries()) {
        const next = controller.sync(index * 15, current, each, { min: 2, max: 200 });
        assert.ok(next >= 2 && next <= 200);
        assert.ok(next <= current || each >= next || next === 2, `${String(current)} ${String(each)} ${String(next)}`);
        assert.ok(next >= current || each <= next || next === 200);
        current = next;
      }
    })
  );
});

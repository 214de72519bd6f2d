import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ScaleLimits } from '../../../contract/index.ts';
import { limitedCounts } from './limitedCounts.ts';

const STEP = 60;
const limited = (counts: readonly number[], limits: ScaleLimits, current = 10, max = 1000) => [
  ...limitedCounts(Int32Array.from(counts), { limits, min: 0, max, stepSeconds: STEP, before: () => current }),
];
const pods = (value: number, periodSeconds = STEP) => ({ policies: [{ type: 'Pods' as const, value, periodSeconds }] });
const percent = (value: number, periodSeconds = STEP) => ({
  policies: [{ type: 'Percent' as const, value, periodSeconds }],
});

test('a rise begins as early as the limit asks for, and a fall is no faster', () => {
  assert.deepEqual(
    limited([10, 10, 10, 20, 10, 10, 10], { scaleUp: pods(5), scaleDown: pods(4) }),
    [10, 10, 15, 20, 16, 12, 10]
  );
  assert.deepEqual(limited([80, 0, 0], { scaleDown: percent(10) }, 80), [80, 72, 64]);
  assert.deepEqual(limited([30, 30], { scaleUp: percent(100) }), [20, 30]);
});

test('what cannot be reached in time is reached as fast as it may be', () => {
  assert.deepEqual(limited([40, 40, 40], { scaleUp: pods(4) }), [14, 18, 22]);
});

test('a longer period looks back over its steps, also before the first', () => {
  const limits = { scaleUp: pods(2, 2 * STEP) };
  assert.deepEqual(limited([20, 20, 20, 20], limits), [12, 12, 14, 14]);
  const before = (seconds: number) => (seconds >= 2 * STEP ? 8 : 10);
  const counts = limitedCounts(Int32Array.of(20, 20), { limits, min: 0, max: 99, stepSeconds: STEP, before });
  assert.deepEqual([...counts], [10, 12]);
});

test('the largest change counts, or the smallest, or none', () => {
  const policies = [...pods(1).policies, ...percent(50).policies];
  assert.deepEqual(limited([30], { scaleUp: { policies } }), [15]);
  assert.deepEqual(limited([30], { scaleUp: { policies, selectPolicy: 'Min' } }), [11]);
  assert.deepEqual(limited([30, 30], { scaleUp: { selectPolicy: 'Disabled' } }), [10, 10]);
  assert.deepEqual(limited([3, 3], { scaleDown: { selectPolicy: 'Disabled' } }), [10, 10]);
});

test('min and max go before limits', () => {
  assert.deepEqual(limited([10, 10], { scaleDown: pods(1) }, 20, 15), [15, 14]);
});

const direction = fc.record({
  selectPolicy: fc.constantFrom('Max' as const, 'Min' as const, 'Disabled' as const),
  policies: fc.array(
    fc.record({
      type: fc.constantFrom('Pods' as const, 'Percent' as const),
      value: fc.integer({ min: 1, max: 150 }),
      periodSeconds: fc.integer({ min: 1, max: 300 }),
    }),
    { maxLength: 3 }
  ),
});
const problem = fc.record({
  counts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
  current: fc.integer({ min: 1, max: 60 }),
  limits: fc.record({ scaleUp: direction, scaleDown: direction }),
});

test('what is limited stays as it is when limited again, and without limits nothing changes', () => {
  fc.assert(
    fc.property(problem, ({ counts, current, limits }) => {
      const once = limited(counts, limits, current);
      assert.deepEqual(limited(once, limits, current), once);
      assert.deepEqual(limited(counts, {}, current), counts);
    })
  );
});

test('no step is lower than asked for but where the fastest rise is', () => {
  fc.assert(
    fc.property(problem, ({ counts, current, limits: { scaleUp } }) => {
      const fastest = limited(
        counts.map(() => 1000),
        { scaleUp },
        current
      );
      limited(counts, { scaleUp }, current).forEach((count, step) => {
        assert.ok(count >= Math.min(counts[step]!, fastest[step]!));
      });
    })
  );
});

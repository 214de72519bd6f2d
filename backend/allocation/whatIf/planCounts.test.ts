import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TimeGrid } from '../../timeseries/index.ts';
import { planCounts, planEntries } from './planCounts.ts';

const LIMITS = { current: 3, min: 0, max: 20 };

test('a plan’s changes are a plan that serves the same at each step, whenever the last of them comes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: LIMITS.min, max: LIMITS.max }), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(15, 60, 300, 3600),
      (wanted, stepSeconds) => {
        const grid: TimeGrid = { startSeconds: 1_700_000_000, stepSeconds, length: wanted.length };
        const entries = planEntries(Int32Array.from(wanted), stepSeconds);
        const replicas = entries.map(({ at, count }) => ({ at: `${String(at)}s`, count }));
        assert.deepEqual([...planCounts({ name: 'own', replicas }, grid, LIMITS).counts], wanted);
      }
    )
  );
});

test('what comes a second after the horizon is refused', () => {
  const grid: TimeGrid = { startSeconds: 0, stepSeconds: 300, length: 12 };
  const late = { name: 'late', replicas: [{ at: '3601s', count: 4 }] };
  assert.throws(() => planCounts(late, grid, LIMITS), { code: 'PLAN_INVALID' });
});

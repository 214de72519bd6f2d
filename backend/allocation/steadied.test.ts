import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leastPlans } from './leastPlans.ts';
import type { PlanProblem } from './planProblem.ts';
import { steadied } from './steadied.ts';
import { windowRisk } from './windowRisk.ts';

const STEPS = 12;
const PATHS = 20;

const problems = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: STEPS * PATHS, maxLength: STEPS * PATHS })
  .map((needs): PlanProblem => ({
    futures: [{ pathCount: PATHS, stepCount: STEPS, needs: Int32Array.from(needs), weight: 1 }],
    min: 1,
    max: 40,
    windowSteps: 2,
    firstStep: 1,
    blocks: Int32Array.from({ length: STEPS }, (_, step) => step >> 1),
    holdBlocks: 0,
    current: 10,
  }));
const standings = fc.array(fc.option(fc.integer({ min: 0, max: 60 }), { nil: Number.NaN }), {
  minLength: STEPS,
  maxLength: STEPS,
});
const size = (counts: Int32Array) => counts.reduce((sum, count) => sum + count, 0);

test('adds no risk, costs at most a tenth more than the least plan, and stays within the limits', () => {
  fc.assert(
    fc.property(problems, standings, fc.constantFrom(0.05, 0.2, 0.5), (problem, standing, risk) => {
      const least = leastPlans(problem)(risk);
      fc.pre(least.isWithinRisk);
      const counts = steadied(problem, least.counts, standing, risk);
      assert.ok(windowRisk(problem, counts) <= risk);
      assert.ok(size(counts) <= 1.1 * size(least.counts));
      counts.forEach((count) => {
        assert.ok(count >= problem.min && count <= problem.max);
      });
    })
  );
});

test('what was decided is decided again', () => {
  fc.assert(
    fc.property(problems, standings, fc.constantFrom(0.05, 0.2, 0.5), (problem, standing, risk) => {
      const least = leastPlans(problem)(risk);
      fc.pre(least.isWithinRisk);
      const counts = steadied(problem, least.counts, standing, risk);
      assert.deepEqual(steadied(problem, least.counts, counts, risk), counts);
    })
  );
});

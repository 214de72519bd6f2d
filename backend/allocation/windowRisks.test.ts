import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { windowRisk } from './windowRisk.ts';
import { windowRisks } from './windowRisks.ts';

test('the risk of many plans is that of each alone, for any windows and any first step', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 14 }),
      fc.nat({ max: 11 }),
      fc.array(fc.nat({ max: 5 }), { minLength: 900, maxLength: 900 }),
      fc.constantFrom(1, 700, 2 ** 28),
      (stepCount, pathCount, window, first, small, scale) => {
        const drawn = small.map((need) => need * scale);
        const needs = Int32Array.from(drawn).subarray(0, stepCount * pathCount);
        const other = needs.toReversed();
        const futures = [needs, other].map((one, i) => ({
          pathCount,
          stepCount,
          needs: one,
          weight: i === 0 ? 0.7 : 0.3,
        }));
        const problem = {
          futures,
          windowSteps: Math.min(window, stepCount),
          firstStep: Math.min(first, stepCount - 1),
        };
        const risks = windowRisks(problem);
        for (let plan = 0; plan < 3; plan++) {
          const counts = Int32Array.from({ length: stepCount }, (_, step) => drawn[899 - plan * 20 - step]!);
          assert.equal(risks(counts), windowRisk(problem, counts));
          assert.equal(risks(counts), windowRisk(problem, counts));
        }
      }
    )
  );
});

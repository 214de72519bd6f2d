import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { decayedRidge } from './decayedRidge.ts';

function taught(coefficients: readonly number[], samples: number, seed: number): ReturnType<typeof decayedRidge> {
  const random = seededRandom(seed);
  const ridge = decayedRidge(coefficients.length);
  for (let i = 0; i < samples; i++) {
    const features = Float64Array.from(coefficients, () => randomNormal(random));
    ridge.learn(
      features,
      coefficients.reduce((sum, coefficient, at) => sum + coefficient * features[at]!, 0)
    );
  }
  return ridge;
}

test('finds the coefficients of a linear law', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 1000 }),
      (coefficients, seed) => {
        const found = new Float64Array(coefficients.length);
        taught(coefficients, 5000, seed).solve(found);
        coefficients.forEach((coefficient, i) => {
          assert.ok(Math.abs(found[i]! - coefficient) < 0.02);
        });
      }
    ),
    { numRuns: 20 }
  );
});

test('after a change of the law it follows the newer samples as fast as it forgets', () => {
  const memory = taught([1, 0], 2000, 1);
  memory.decay(0.001);
  memory.add(taught([-1, 2], 2000, 2));
  const found = new Float64Array(2);
  memory.solve(found);
  assert.ok(Math.abs(found[0]! + 1) < 0.05 && Math.abs(found[1]! - 2) < 0.05, found.join(' '));
});

test('without samples, or with the same feature twice, it stays finite', () => {
  const found = new Float64Array(2);
  const ridge = decayedRidge(2);
  ridge.solve(found);
  assert.deepEqual([...found], [0, 0]);
  ridge.learn(Float64Array.of(2, 2), 8);
  ridge.solve(found);
  assert.ok(found.every(Number.isFinite));
});

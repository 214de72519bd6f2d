import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { normalQuantile } from '../statistics/index.ts';
import { quantileReader } from './quantileReader.ts';

const LEVELS = [0.01, 0.025, 0.05, 0.1, 0.5, 0.9, 0.95, 0.975, 0.99];

function read(column: readonly number[], probability: number): number {
  const { left, share } = quantileReader(LEVELS, Float64Array.of(probability));
  return column[left[0]!]! + share[0]! * (column[left[0]! + 1]! - column[left[0]!]!);
}

const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

test('values at the levels are the quantiles', () => {
  const column = [1, 2, 4, 8, 16, 32, 64, 128, 256];
  LEVELS.forEach((level, i) => {
    assert.ok(Math.abs(read(column, level) - column[i]!) < 1e-9);
  });
});

test('values never fall as the probability rises', () => {
  const rises = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(rises, probability, probability, (steps, a, b) => {
      let sum = -20;
      const column = steps.map((rise) => (sum += rise));
      assert.ok(read(column, Math.min(a, b)) <= read(column, Math.max(a, b)) + 1e-9);
    })
  );
});

test('between the levels a normal distribution is met exactly', () => {
  const column = LEVELS.map((level) => 10 + 3 * normalQuantile(level));
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (p) => {
      assert.ok(Math.abs(read(column, p) - (10 + 3 * normalQuantile(p))) < 1e-9);
    })
  );
});

test('beyond the outer levels an exponential distribution is met exactly', () => {
  const upper = LEVELS.map((level) => -Math.log(1 - level));
  const lower = LEVELS.map((level) => Math.log(level));
  for (const p of [0.995, 0.999, 0.99999]) {
    assert.ok(Math.abs(read(upper, p) + Math.log(1 - p)) < 1e-9);
    assert.ok(Math.abs(read(lower, 1 - p) - Math.log(1 - p)) < 1e-9);
  }
});

test('one level alone is refused', () => {
  assert.throws(() => quantileReader([0.5], Float64Array.of(0.5)), RangeError);
});

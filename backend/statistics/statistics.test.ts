import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { normalCdf, normalQuantile, quantileSorted, selectMedian, sortedObserved } from './index.ts';

const ascending = fc
  .array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 })
  .map((values) => Float64Array.from(values).sort());
const level = fc.double({ min: 0, max: 1, noNaN: true });

test('quantileSorted uses the R-7 method', () => {
  const values = [3, 6, 7, 8, 8, 10, 13, 15, 16, 20];
  assert.equal(quantileSorted(values, 0), 3);
  assert.equal(quantileSorted(values, 0.25), 7.25);
  assert.equal(quantileSorted(values, 0.5), 9);
  assert.equal(quantileSorted(values, 0.75), 14.5);
  assert.equal(quantileSorted(values, 1), 20);
  assert.equal(quantileSorted([4], 0.3), 4);
  assert.ok(Number.isNaN(quantileSorted([], 0.5)));
  assert.equal(quantileSorted(values, 0.5, 0, 3), 6);
});

test('selectMedian is the median by R-7 whatever the order, ties and size', () => {
  const values = fc.array(fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(values, (drawn) => {
      const sorted = Float64Array.from(drawn).sort();
      const reordered = Float64Array.from(drawn);
      assert.equal(selectMedian(reordered), quantileSorted(sorted, 0.5));
      assert.deepEqual(reordered.sort(), sorted);
    })
  );
  assert.ok(Number.isNaN(selectMedian(new Float64Array(0))));
});

test('quantileSorted ascends with the level and stays within the values', () => {
  fc.assert(
    fc.property(ascending, level, level, (values, a, b) => {
      const low = quantileSorted(values, Math.min(a, b));
      const high = quantileSorted(values, Math.max(a, b));
      assert.ok(low <= high + 1e-6 && low >= values[0]! && high <= values.at(-1)! + 1e-6);
    })
  );
});

test('sortedObserved drops the missing and keeps the rest', () => {
  assert.deepEqual([...sortedObserved([3, Number.NaN, -1, 2])], [-1, 2, 3]);
});

test('normalQuantile gives the textbook values', () => {
  const known: Array<[number, number]> = [
    [0.5, 0],
    [0.8, 0.8416212335729143],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [1e-10, -6.361340902404056],
  ];
  for (const [p, z] of known) {
    assert.ok(Math.abs(normalQuantile(p) - z) < 1e-13, `${String(p)}: ${String(normalQuantile(p))}`);
  }
  assert.equal(normalQuantile(0), Number.NEGATIVE_INFINITY);
  assert.equal(normalQuantile(1), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(normalQuantile(1.1)));
});

test('normalCdf undoes normalQuantile, and is symmetric', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
      const z = normalQuantile(p);
      assert.ok(Math.abs(normalCdf(z) / p - 1) < 1e-11);
      assert.ok(Math.abs(normalCdf(z) + normalCdf(-z) - 1) < 1e-14);
    })
  );
  assert.equal(normalCdf(Number.POSITIVE_INFINITY), 1);
  assert.equal(normalCdf(Number.NEGATIVE_INFINITY), 0);
  assert.ok(Number.isNaN(normalCdf(Number.NaN)));
  assert.ok(Math.abs(normalCdf(-6) / 9.865876450376946e-10 - 1) < 1e-12);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quantileSorted, sortedObserved } from '../statistics/index.ts';
import { rollingMedian, rollingMoments } from './index.ts';

const gappy = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) }
  ),
  { minLength: 1, maxLength: 80 }
);

function windowAt(values: readonly number[], t: number, window: number): Float64Array {
  return sortedObserved(values.slice(Math.max(0, t - window + 1), t + 1));
}

test('rollingMoments are the mean and the standard deviation (n - 1) of each trailing window', () => {
  fc.assert(
    fc.property(gappy, fc.integer({ min: 1, max: 30 }), (values, window) => {
      const { mean, deviation } = rollingMoments(Float64Array.from(values), window, 1);
      values.forEach((_, t) => {
        const known = windowAt(values, t, window);
        const average = known.reduce((sum, value) => sum + value, 0) / known.length;
        const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - average) ** 2, 0) / (known.length - 1));
        assert.ok(known.length === 0 ? Number.isNaN(mean[t]!) : Math.abs(mean[t]! - average) < 1e-9);
        assert.ok(known.length < 2 ? Number.isNaN(deviation[t]!) : Math.abs(deviation[t]! - spread) < 1e-8);
      });
    })
  );
});

test('rollingMoments need half of the window by default, and forget a huge value when it leaves', () => {
  const values = Float64Array.of(1, Number.NaN, Number.NaN, 1e300, 2, 2, 2, 2);
  const { mean, deviation } = rollingMoments(values, 4);
  assert.ok(Number.isNaN(mean[0]!) && Number.isNaN(mean[2]!));
  assert.equal(mean[7], 2);
  assert.equal(deviation[7], 0);
  assert.ok(deviation[6]! > 1e299 && Number.isFinite(deviation[6]!));
});

test('rollingMedian is the median (R-7) of each trailing window', () => {
  fc.assert(
    fc.property(gappy, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 }), (values, window, minCount) => {
      const medians = rollingMedian(Float64Array.from(values), window, minCount);
      values.forEach((_, t) => {
        const known = windowAt(values, t, window);
        const expected = known.length < minCount ? Number.NaN : quantileSorted(known, 0.5);
        assert.ok(Number.isNaN(expected) ? Number.isNaN(medians[t]!) : Math.abs(medians[t]! - expected) < 1e-9);
      });
    })
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quantileSorted } from '../../statistics/index.ts';
import { quantileSelector } from './quantileSelector.ts';

const value = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true })
);

test('selected quantiles are those of the sorted values, uses the R-7 method', () => {
  const levels = [0, 0.01, 0.3, 0.5, 0.51, 0.95, 1];
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), (values) => {
      const target = new Float64Array(levels.length);
      quantileSelector(levels, values.length)(Float64Array.from(values), target);
      const sorted = Float64Array.from(values).sort();
      levels.forEach((level, i) => {
        assert.ok(Math.abs(target[i]! - quantileSorted(sorted, level)) <= 1e-9 * Math.abs(target[i]!));
      });
    })
  );
});

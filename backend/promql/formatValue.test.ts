import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatGeneral, formatPlain, formatSampleValue, formatTimestamp } from './formatValue.ts';

describe('formatSampleValue', () => {
  it('prints as Prometheus does', () => {
    for (const [value, text] of [
      [0, '0'],
      [-0, '-0'],
      [1.5, '1.5'],
      [1e21, '1e+21'],
      [-1.25e22, '-1.25e+22'],
      [123456789012345680000, '123456789012345680000'],
      [0.000001, '0.000001'],
      [1e-7, '1e-07'],
      [5e-324, '5e-324'],
      [Number.NaN, 'NaN'],
      [Infinity, '+Inf'],
      [-Infinity, '-Inf'],
    ] as const) {
      assert.equal(formatSampleValue(value), text);
    }
  });

  it('reads back the same', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.ok(Object.is(Number(formatSampleValue(value)), value));
        assert.ok(Object.is(Number(formatPlain(value)), value));
        assert.ok(Object.is(Number(formatGeneral(value)), value));
        assert.doesNotMatch(formatPlain(value), /e/);
      })
    );
  });
});

describe('formatTimestamp', () => {
  it('prints seconds, with milliseconds where there are any', () => {
    assert.equal(formatTimestamp(1_435_781_451_781), '1435781451.781');
    assert.equal(formatTimestamp(1005), '1.005');
    assert.equal(formatTimestamp(-1500), '-1.500');
    assert.equal(formatTimestamp(0), '0');
  });
});

describe('formatGeneral', () => {
  it('prints as %g does', () => {
    assert.deepEqual([1.1, 100_000, 1e6, 0.0001, 0.00001].map(formatGeneral), [
      '1.1',
      '100000',
      '1e+06',
      '0.0001',
      '1e-05',
    ]);
  });
});

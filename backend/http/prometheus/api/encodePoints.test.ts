import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatSampleValue, formatTimestamp } from '../../../promql/index.ts';
import { encodePoints, PointTimes } from './encodePoints.ts';

describe('encodePoints', () => {
  it('writes each time and value as it would be written alone', () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer().map(Number),
      fc.constantFrom(0, -0, 1e21, 1e-7, Number.NaN, Infinity)
    );
    const plain = fc.oneof(fc.integer().map(Number), fc.double({ min: 0.001, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(
        fc.oneof(fc.array(value, { maxLength: 30 }), fc.array(plain, { maxLength: 30 })),
        fc.oneof(
          fc.integer({ min: -1_000_000, max: 2 ** 42 }),
          fc.integer({ min: 1_000_000, max: 10_000_000 }).map((thousands) => thousands * 1_000_000 - 1000)
        ),
        fc.oneof(
          fc.integer({ min: 1, max: 100_000 }),
          fc.integer({ min: 1, max: 500 }).map((s) => s * 1000)
        ),
        (values, startMs, stepMs) => {
          const timestamps = Float64Array.from(values, (_, i) => startMs + i * stepMs);
          const text = encodePoints(new PointTimes(timestamps), Float64Array.from(values)).toString();
          const expected = values.map((one, i) => `[${formatTimestamp(timestamps[i]!)},"${formatSampleValue(one)}"]`);
          assert.equal(text, expected.join(','));
        }
      )
    );
  });
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatSampleValue, formatTimestamp } from '../../../../promql/index.ts';
import { assembleText } from '../../../../webassembly/assembleText.fixture.ts';
import { encodePoints } from './encodePoints.ts';
import { KERNEL_BYTES } from './pointKernelBytes.ts';

function encoded(timestamps: Float64Array, values: Float64Array): string {
  return Buffer.concat([...encodePoints(timestamps, values)]).toString();
}

function written(timestamps: Float64Array, values: Float64Array): string {
  return Array.from(values, (one, i) => `[${formatTimestamp(timestamps[i]!)},"${formatSampleValue(one)}"]`).join(',');
}

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
          const all = Float64Array.from(values);
          assert.equal(encoded(timestamps, all), written(timestamps, all));
        }
      )
    );
  });

  it('writes the doubles at the ends of what is plain, and what lies around powers', () => {
    const bits = new BigInt64Array(1);
    const double = new Float64Array(bits.buffer);
    const around = (value: number) =>
      [-2n, -1n, 0n, 1n, 2n].map((steps) => {
        double[0] = value;
        bits[0]! += steps;
        return double[0];
      });
    const powers = Array.from({ length: 80 }, (_, i) => 2 ** (i - 22));
    const tens = Array.from({ length: 26 }, (_, i) => 10 ** (i - 8));
    const values = Float64Array.from([...powers, ...tens].flatMap(around).flatMap((value) => [value, -value]));
    const timestamps = Float64Array.from(values, (_, i) => i * 1234.5);
    assert.equal(encoded(timestamps, values), written(timestamps, values));
  });

  it('writes any number of points, plain or not', () => {
    for (const length of [0, 1, 1023, 1024, 1025, 5000]) {
      const timestamps = Float64Array.from({ length }, (_, i) => 1_767_225_600_000 + i * 30_250);
      const values = Float64Array.from({ length }, (_, i) => (i % 1023 === 0 ? Number.NaN : i / 7));
      assert.equal(encoded(timestamps, values), written(timestamps, values), String(length));
    }
  });

  it('has the bytes of pointKernel.wat', async () => {
    assert.equal(KERNEL_BYTES, await assembleText(join(import.meta.dirname, 'pointKernel.wat')));
  });
});

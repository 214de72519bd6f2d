import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../../random/index.ts';
import { normalQuantile } from '../../statistics/index.ts';
import { assembleText } from '../../webassembly/assembleText.fixture.ts';
import { kernel, kernelMemory, seedKernel } from './kernel.ts';
import { KERNEL_BYTES } from './kernelBytes.ts';
import { kernelRows } from './kernelRows.ts';

const { fround } = Math;
const anyFloat = fc.float({ min: fround(-9), max: fround(9), noNaN: true });
const anyRow = fc.array(anyFloat, { minLength: 1, maxLength: 70 }).map((values) => Float32Array.from(values));

afterEach(() => {
  kernelRows(0, 0);
});

test('the bytes are those of kernel.wat', async () => {
  assert.equal(KERNEL_BYTES, await assembleText(join(import.meta.dirname, 'kernel.wat')));
});

test('a row is mixed with another one in 32-bit floats', () => {
  fc.assert(
    fc.property(anyRow, anyFloat, anyFloat, (values, kept, share) => {
      const rows = kernelRows(1024, 2);
      const [row, source] = [rows.floats(values.length), rows.floats(values.length)];
      row.values.set(values);
      source.values.set(values.toReversed());
      kernel.mix(row.at, row.end, kept, source.at, share);
      assert.deepEqual(
        row.values.slice(),
        values.map((value, i) => fround(kept * value) + fround(share * values.at(-1 - i)!))
      );
    })
  );
});

test('a recursion carries on in 32-bit floats', () => {
  fc.assert(
    fc.property(anyRow, anyFloat, anyFloat, anyFloat, (innovations, persistence, echo, scale) => {
      const rows = kernelRows(1024, 2);
      const [row, carried] = [rows.floats(innovations.length), rows.floats(innovations.length)];
      row.values.set(innovations);
      carried.values.set(innovations.toReversed());
      kernel.recur(row.at, row.end, carried.at, persistence, echo, scale);
      const values = innovations.map((innovation, i) => innovation + innovations.at(-1 - i)!);
      assert.deepEqual(
        row.values.slice(),
        values.map((value) => scale * value)
      );
      assert.deepEqual(
        carried.values.slice(),
        values.map((value, i) => fround(persistence * value) + fround(echo * innovations[i]!))
      );
    })
  );
});

test('pairs get the draws at their rank and the mirrored one, in the order of buckets of 1/128, then of pairs', () => {
  const anyScores = fc.array(fc.oneof(anyFloat, fc.constant(0), fc.float({ noNaN: true })), { maxLength: 60 });
  fc.assert(
    fc.property(anyScores, fc.boolean(), (scores, isOdd) => {
      const count = 2 * scores.length + (isOdd ? 1 : 0);
      const rows = kernelRows(4 * scores.length + 2 * scores.length + 16 * count, 4);
      const [row, buckets] = [rows.floats(scores.length), rows.buckets(scores.length)];
      const [draws, placed] = [rows.doubles(count), rows.doubles(count)];
      row.values.set(scores);
      draws.values.set(Float64Array.from({ length: count }, (_, rank) => 100 + rank));
      kernel.findBuckets(row.at, row.end, buckets);
      kernel.placePairs(buckets, draws.at, count, placed.at);
      const bucketOf = (score: number) =>
        Math.floor(Math.min(1023, Math.max(0, fround(fround(fround(score) * 128) + 512))));
      const expected = new Float64Array(count);
      ranksOf(scores.map(bucketOf), count).forEach((rank, pair) => {
        expected[pair] = 100 + rank;
        expected[scores.length + pair] = 100 + count - 1 - rank;
      });
      if (isOdd) {
        expected[count - 1] = 100 + scores.length;
      }
      assert.deepEqual(placed.values.slice(), expected);
      assert.deepEqual(placed.values.slice().sort(), draws.values.slice());
    })
  );
});

test('draws are read to the bit as value + share * rise, from any place and of any length', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 40 }),
      fc.nat({ max: 39 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      (shares, first, value, rise) => {
        const from = Math.min(first, shares.length);
        const rows = kernelRows(16 * (shares.length + 1), 2);
        const [share, draws] = [rows.doubles(shares.length + 1), rows.doubles(shares.length + 1)];
        share.values.set(shares);
        kernel.readDraws(draws.at + 8 * from, draws.at + 8 * shares.length, share.at + 8 * from, value, rise);
        assert.deepEqual(
          draws.values.slice(0, shares.length),
          Float64Array.from(shares, (each, i) => (i < from ? 0 : value + each * rise))
        );
      }
    )
  );
});

test('normals are quantiles of even ranks, those of xoshiro128** side by side, and begin where the seed says', () => {
  const draw = (seed: number, count: number) => {
    const row = kernelRows(4 * count, 1).floats(count);
    seedKernel(seededRandom(seed));
    kernel.drawNormals(row.at, row.end);
    return row.values.slice();
  };
  for (const seed of [1, 2, 12345]) {
    assert.deepEqual(draw(seed, 800), referenceNormals(seed, 800));
  }
  assert.notDeepEqual(draw(1, 80), draw(2, 80));
  const many = draw(7, 200_000);
  const mean = many.reduce((sum, value) => sum + value, 0) / many.length;
  const square = many.reduce((sum, value) => sum + value * value, 0) / many.length;
  assert.ok(Math.abs(mean) < 0.01, String(mean));
  assert.ok(Math.abs(square - 1) < 0.01, String(square));
});

test('rows begin as zeros, whatever was there, and memory grows with them', () => {
  kernelRows(80, 1).doubles(10).values.fill(7);
  const before = kernelMemory.buffer.byteLength;
  const row = kernelRows(8 * before, 1).doubles(before);
  assert.equal(row.values.length, before);
  assert.ok(row.values.every((value) => value === 0));
});

/** A bucket and the one opposite together hold as many paths as pairs are in both; the lower one begins with its own. */
function ranksOf(buckets: readonly number[], count: number): readonly number[] {
  const outer = (bucket: number) => Math.min(bucket, 1023 - bucket);
  return buckets.map((bucket, pair) => {
    const below = buckets.filter((other) => outer(other) < outer(bucket)).length;
    const together = buckets.filter((other) => outer(other) === outer(bucket)).length;
    const before = buckets.slice(0, pair).filter((other) => other === bucket).length;
    return before + (bucket < 512 ? below : count - below - together);
  });
}

function referenceNormals(seed: number, count: number): Float32Array {
  const random = seededRandom(seed);
  const words = Array.from({ length: 16 }, () => (random() * 2 ** 32) | 0);
  const lanes = [0, 1, 2, 3].map((lane) => {
    const [a, b, c, d] = [words[lane]!, words[4 + lane]!, words[8 + lane]!, words[12 + lane]!];
    return { a: a | 1, b, c, d };
  });
  const normals: number[] = [];
  while (normals.length < count) {
    const drawn = lanes.map((state) => {
      const product = Math.imul(state.b, 5);
      const bits = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = state.b << 9;
      state.c ^= state.a;
      state.d ^= state.b;
      state.b ^= state.c;
      state.a ^= state.d;
      state.c ^= shifted;
      state.d = (state.d << 11) | (state.d >>> 21);
      return bits;
    });
    const quantile = (place: number) => normalQuantile((place + 0.5) / 4096);
    normals.push(...drawn.map((bits) => quantile(bits >>> 20)), ...drawn.map((bits) => quantile((bits >>> 8) & 4095)));
  }
  return Float32Array.from(normals.slice(0, count));
}

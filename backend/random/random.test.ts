import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomInteger, randomNormal, seededRandom } from './index.ts';

test('a seed gives the same numbers in [0, 1), and another seed gives others', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (seed) => {
      const first = seededRandom(seed);
      const second = seededRandom(seed);
      const numbers = Array.from({ length: 50 }, () => first());
      assert.deepEqual(
        numbers,
        Array.from({ length: 50 }, () => second())
      );
      assert.ok(numbers.every((value) => value >= 0 && value < 1));
      assert.equal(new Set(numbers).size, 50);
    })
  );
  const streams = new Set(Array.from({ length: 10_000 }, (_, seed) => seededRandom(seed)()));
  assert.equal(streams.size, 10_000);
});

test('a seed that is no finite number is refused', () => {
  assert.throws(() => seededRandom(Number.NaN), RangeError);
  assert.throws(() => seededRandom(Number.POSITIVE_INFINITY), RangeError);
});

test('the numbers are fixed for good: a stored seed reproduces old results', () => {
  const random = seededRandom(42);
  assert.deepEqual(
    Array.from({ length: 3 }, () => random()),
    [0.3681652288800624, 0.4670967504223076, 0.11790899265262578]
  );
});

test('uniform draws fill all tenths alike, and neighbours do not know each other', () => {
  const random = seededRandom(7);
  const count = 100_000;
  const tenths = new Float64Array(10);
  let product = 0;
  let previous = random();
  for (let i = 0; i < count; i++) {
    const value = random();
    tenths[Math.floor(value * 10)]! += 1;
    product += (value - 0.5) * (previous - 0.5);
    previous = value;
  }
  const chiSquare = tenths.reduce((sum, n) => sum + (n - count / 10) ** 2 / (count / 10), 0);
  assert.ok(chiSquare < 27.9, `chi-square ${String(chiSquare)} with 9 degrees of freedom`);
  assert.ok(Math.abs((product / count) * 12) < 4 / Math.sqrt(count));
});

test('normal draws have the moments and the tails of the normal distribution', () => {
  const random = seededRandom(11);
  const count = 200_000;
  let [m1, m2, m3, m4, tail] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const x = randomNormal(random);
    m1 += x;
    m2 += x ** 2;
    m3 += x ** 3;
    m4 += x ** 4;
    tail += Math.abs(x) > 3.5 ? 1 : 0;
  }
  const error = 4 / Math.sqrt(count);
  assert.ok(Math.abs(m1 / count) < error);
  assert.ok(Math.abs(m2 / count - 1) < error * Math.sqrt(2));
  assert.ok(Math.abs(m3 / count) < error * Math.sqrt(15));
  assert.ok(Math.abs(m4 / count - 3) < error * Math.sqrt(96));
  assert.ok(Math.abs(tail - 0.000465 * count) < 4 * Math.sqrt(0.000465 * count));
});

test('whole numbers stay below their count and reach each value', () => {
  const random = seededRandom(3);
  const seen = new Set(Array.from({ length: 500 }, () => randomInteger(random, 6)));
  assert.deepEqual([...seen].sort(), [0, 1, 2, 3, 4, 5]);
});

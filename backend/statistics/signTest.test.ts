import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { signTest } from './signTest.ts';

test('is the upper tail of fair coins', () => {
  assert.equal(signTest(0, 0), 1);
  assert.equal(signTest(0, 9), 1);
  assert.equal(signTest(5, 0), 1 / 32);
  assert.equal(signTest(4, 0), 1 / 16);
  assert.ok(Math.abs(signTest(7, 1) - 9 / 256) < 1e-15);
  assert.ok(Math.abs(signTest(6, 1) - 8 / 128) < 1e-15);
});

test('lies within 0 and 1, falls with each win and rises with each loss', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }), (wins, losses) => {
      const probability = signTest(wins, losses);
      assert.ok(probability > 0 && probability <= 1);
      assert.ok(signTest(wins + 1, losses) <= probability + 1e-12);
      assert.ok(signTest(wins, losses + 1) >= probability - 1e-12);
    })
  );
});

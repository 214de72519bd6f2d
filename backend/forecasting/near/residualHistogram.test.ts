import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { residualHistogram } from './residualHistogram.ts';

test('quantiles ascend and are finite, whatever was learnt', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 50 }),
      fc.uniqueArray(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), { minLength: 2, maxLength: 8 }),
      (errors, levels) => {
        const histogram = residualHistogram();
        errors.forEach((error) => {
          histogram.learn(error);
        });
        const quantiles = levels.sort((a, b) => a - b).map((level) => histogram.quantile(level));
        quantiles.forEach((value, i) => {
          assert.ok(Number.isFinite(value) && (i === 0 || value >= quantiles[i - 1]!));
        });
      }
    )
  );
});

test('many errors outweigh the prior', () => {
  const histogram = residualHistogram();
  const random = seededRandom(4);
  for (let i = 0; i < 50_000; i++) {
    histogram.learn(randomNormal(random));
  }
  assert.ok(Math.abs(histogram.quantile(0.9) - 1.2816) < 0.05);
  assert.ok(Math.abs(histogram.quantile(0.5)) < 0.03);
});

test('what was learnt long ago gives way to what is new', () => {
  const histogram = residualHistogram();
  for (let i = 0; i < 1000; i++) {
    histogram.learn(5);
  }
  histogram.decay(1e-6);
  for (let i = 0; i < 1000; i++) {
    histogram.learn(-5);
  }
  assert.ok(histogram.quantile(0.9) < -4);
});

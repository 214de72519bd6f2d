import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addScores,
  coverage,
  crps,
  CRPS_LEVELS,
  emptyScores,
  meanSeasonalDifference,
  mergeScores,
  normalizedDeviation,
  pinballLoss,
  weightedQuantileLoss,
  weightedSample,
  weightedSampleQuantile,
} from './index.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const level = fc.double({ min: 0.01, max: 0.99, noNaN: true });

test('pinballLoss is half of the absolute error at 0.5, and asymmetric elsewhere', () => {
  assert.equal(pinballLoss(10, 4, 0.5), 3);
  assert.equal(pinballLoss(10, 4, 0.9), 5.4);
  assert.ok(Math.abs(pinballLoss(4, 10, 0.9) - 0.6) < 1e-12);
});

test('the mean pinball loss over a sample is least at its quantile', () => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 30 }), level, number, (sample, p, other) => {
      const values = Float64Array.from(sample);
      const loss = (q: number): number => values.reduce((sum, value) => sum + pinballLoss(value, q, p), 0);
      const rank = Math.min(values.length - 1, Math.ceil(p * values.length) - 1);
      assert.ok(loss(values.sort()[rank]!) <= loss(other) + 1e-6 * (1 + Math.abs(loss(other))));
    })
  );
});

test('CRPS of a point forecast is its normalised deviation, and missing truths do not count', () => {
  const scores = emptyScores(CRPS_LEVELS);
  const truth = Float64Array.of(2, Number.NaN, 6);
  addScores(
    scores,
    Float64Array.from({ length: 27 }, (_, i) => [1, 100, 9][i % 3]!),
    truth
  );
  assert.equal(scores.count, 2);
  assert.ok(Math.abs((crps(scores) ?? 0) - 4 / 8) < 1e-12);
  assert.equal(normalizedDeviation(scores), 4 / 8);
});

test('scores of parts add up to the score of the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 20 }), (pairs) => {
      const levels = [0.2, 0.5];
      const score = (part: typeof pairs): ReturnType<typeof emptyScores> => {
        const scores = emptyScores(levels);
        const quantiles = Float64Array.from([...part.map(([, q]) => q), ...part.map(([, q]) => q + 1)]);
        addScores(
          scores,
          quantiles,
          Float64Array.from(part, ([value]) => value)
        );
        return scores;
      };
      const merged = score(pairs.slice(0, 1));
      mergeScores(merged, score(pairs.slice(1)));
      const whole = score(pairs);
      assert.equal(merged.count, whole.count);
      assert.deepEqual(merged.below, whole.below);
      merged.losses.forEach((loss, row) => {
        assert.ok(Math.abs(loss - whole.losses[row]!) <= 1e-6 * (1 + loss));
      });
    })
  );
});

test('scores that are not there are undefined or refused, never zero', () => {
  assert.equal(weightedQuantileLoss(emptyScores([0.5])), undefined);
  assert.equal(normalizedDeviation(emptyScores([0.5])), undefined);
  assert.throws(() => crps(emptyScores([0.5])), RangeError);
});

test('coverage counts both ends and no missing truth', () => {
  assert.deepEqual(coverage([1, 2, 3, Number.NaN, 9], [1, 0, 0, 0, 0], [1, 2, 2, 9, 8]), { inside: 2, count: 4 });
});

test('meanSeasonalDifference leaves missing pairs out and reads no further than told', () => {
  assert.equal(meanSeasonalDifference([1, 2, 4, Number.NaN, 10, 12], 2), (3 + 6) / 2);
  assert.equal(meanSeasonalDifference([1, 2, 4, 1000], 1, 3), 1.5);
  assert.ok(Number.isNaN(meanSeasonalDifference([1, 2], 2)));
});

test('the quantiles of a weighted sample ascend and stay within its values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 20 }),
      (pairs) => {
        const sample = weightedSample(
          Float64Array.from(pairs, ([value]) => value),
          Float64Array.from(pairs, ([, weight]) => weight)
        );
        const quantiles = [0.01, 0.1, 0.5, 0.9, 0.99].map((p) => weightedSampleQuantile(sample, p));
        quantiles.forEach((quantile, row) => {
          assert.ok(quantile >= sample.values[0]! && quantile <= sample.values.at(-1)!);
          assert.ok(row === 0 || quantile >= quantiles[row - 1]! - 1e-9 * Math.abs(quantile));
        });
      }
    )
  );
});

test('a weighted sample is linear between the middles of its weights', () => {
  const sample = weightedSample(Float64Array.of(3, 1), Float64Array.of(1, 1));
  assert.deepEqual(
    [0.1, 0.25, 0.5, 0.75, 0.9].map((p) => weightedSampleQuantile(sample, p)),
    [1, 1, 2, 3, 3]
  );
  const heavy = weightedSample(Float64Array.of(1, 3), Float64Array.of(3, 1));
  assert.equal(weightedSampleQuantile(heavy, 0.375), 1);
  assert.equal(weightedSampleQuantile(heavy, 0.625), 2);
});

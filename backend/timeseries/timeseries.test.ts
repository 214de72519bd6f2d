import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  formatDuration,
  gridAfter,
  gridEnd,
  gridIndexAt,
  labelsKey,
  lastObservedSeconds,
  observedCount,
  parseDurationSeconds,
  parseQuantity,
  resampleMean,
  seriesSinceFirst,
  seriesUntil,
  timeAt,
  type Series,
} from './index.ts';

function seriesOf(values: readonly number[], startSeconds = 1000, stepSeconds = 60): Series {
  return { grid: { startSeconds, stepSeconds, length: values.length }, values: Float64Array.from(values) };
}

describe('durations', () => {
  it('reads what Prometheus writes', () => {
    assert.equal(parseDurationSeconds('1h30m'), 5400);
    assert.equal(parseDurationSeconds('500ms'), 0.5);
    assert.equal(parseDurationSeconds('21d'), 21 * 86_400);
    assert.equal(parseDurationSeconds('1y2w'), 379 * 86_400);
    assert.equal(parseDurationSeconds('0'), 0);
  });

  it('refuses what is none', () => {
    for (const text of ['', '5', 'm5', '30m1h', '1.5h', '-5m', '5 m', '5m5m']) {
      assert.equal(parseDurationSeconds(text), undefined, text);
    }
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000), (milliseconds) => {
        assert.equal(parseDurationSeconds(formatDuration(milliseconds / 1000)), milliseconds / 1000);
      })
    );
  });
});

describe('quantities', () => {
  it('reads what Kubernetes writes', () => {
    assert.equal(parseQuantity('500m'), 0.5);
    assert.equal(parseQuantity('3179m'), 3.179);
    assert.equal(parseQuantity('1500u'), 0.0015);
    assert.equal(parseQuantity('4Gi'), 4 * 2 ** 30);
    assert.equal(parseQuantity('1e3'), 1000);
    assert.equal(parseQuantity('2'), 2);
  });

  it('refuses what is none', () => {
    for (const text of ['', 'Gi', '4 Gi', '4gi', '1e999', 'NaN', 'Infinity']) {
      assert.equal(parseQuantity(text), undefined, text);
    }
  });
});

describe('series', () => {
  it('never shows what lies after the cutoff', () => {
    const series = seriesOf([1, 2, 3, 4]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (cutoff) => {
        const cut = seriesUntil(series, cutoff);
        assert.ok(cut.values.length === 0 || gridEnd(cut.grid) <= cutoff);
        const next = timeAt(series.grid, cut.values.length);
        assert.ok(cut.values.length === 4 || next > cutoff);
      })
    );
  });

  it('counts and finds measurements, gaps left out', () => {
    const series = seriesOf([1, Number.NaN, 0, Number.NaN]);
    assert.equal(observedCount(series), 2);
    assert.equal(lastObservedSeconds(series), 1120);
    assert.equal(lastObservedSeconds(seriesOf([Number.NaN])), undefined);
  });

  it('begins with its first measurement where gaps come before it', () => {
    const { grid, values } = seriesSinceFirst(seriesOf([Number.NaN, Number.NaN, 3, Number.NaN]));
    assert.deepEqual(grid, { startSeconds: 1120, stepSeconds: 60, length: 2 });
    assert.deepEqual([...values], [3, Number.NaN]);
    const none = seriesOf([Number.NaN, Number.NaN]);
    assert.deepEqual(seriesSinceFirst(none), none);
  });

  it('continues a grid without a gap', () => {
    const { grid } = seriesOf([1, 2]);
    assert.deepEqual(gridAfter(grid, 3), { startSeconds: 1120, stepSeconds: 60, length: 3 });
    assert.equal(gridIndexAt(grid, 1059), 0);
    assert.equal(gridIndexAt(grid, 999), -1);
  });
});

describe('resampleMean', () => {
  it('takes means of what was measured, and an empty bucket stays missing', () => {
    const series = seriesOf([1, 3, Number.NaN, 5, Number.NaN, Number.NaN], 1200, 60);
    const coarse = resampleMean(series, 120);
    assert.deepEqual([...coarse.values], [2, 5, Number.NaN]);
    assert.deepEqual(coarse.grid, { startSeconds: 1200, stepSeconds: 120, length: 3 });
  });

  it('aligns to whole multiples of the step', () => {
    assert.equal(resampleMean(seriesOf([1, 2, 3], 1260, 60), 300).grid.startSeconds, 1200);
  });
});

describe('labelsKey', () => {
  it('is equal for equal sets and different for others', () => {
    assert.equal(labelsKey({ a: '1', b: '2' }), labelsKey({ b: '2', a: '1' }));
    assert.notEqual(labelsKey({ a: '1,b:2' }), labelsKey({ a: '1', b: '2' }));
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Outlook } from '../../allocation/index.ts';
import { PUBLISHED_LEVELS } from '../../forecasting/index.ts';
import { normalQuantile } from '../../statistics/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { scoreTruths, summarizeScores } from './index.ts';

const STEP = 300;
const DAY = 288;

function truthsOf(length: number, value: (index: number) => number): ReadonlyMap<string, Series> {
  const values = Float64Array.from({ length }, (_, index) => value(index));
  return new Map([['cpu', { grid: { startSeconds: 0, stepSeconds: STEP, length }, values }]]);
}

function outlookAt(cutoffIndex: number, horizon: number, quantile: (level: number, step: number) => number): Outlook {
  const length = horizon + 1;
  const values = Float64Array.from({ length: PUBLISHED_LEVELS.length * length }, (_, index) => {
    const step = index % length;
    return step === 0 ? Number.NaN : quantile(PUBLISHED_LEVELS[Math.floor(index / length)]!, step);
  });
  return {
    workload: 'shop',
    issuedAtSeconds: cutoffIndex * STEP,
    cutoffSeconds: cutoffIndex * STEP,
    grid: { startSeconds: cutoffIndex * STEP, stepSeconds: STEP, length },
    series: [
      {
        name: 'cpu',
        kind: 'resource',
        unit: '',
        model: 'm',
        levels: PUBLISHED_LEVELS,
        values,
        mean: values.subarray(0, length),
        warnings: [],
      },
    ],
    currency: 'USD',
    warnings: [],
  };
}

describe('scoreTruths', () => {
  it('finds no error in a forecast that was right, and half of the truths inside a band of the right width', () => {
    const truths = truthsOf(5 * DAY, (index) => 10 + Math.sin(index));
    const outlook = outlookAt(3 * DAY, 12, (_, step) => 10 + Math.sin(3 * DAY + step));
    const [hour] = summarizeScores(scoreTruths([outlook], truths, 0, 1e9)).filter(
      (each) => each.model === 'm' && each.lead === '1h'
    );
    assert.equal(hour?.mase, 0);
    assert.equal(hour.crps, 0);
    assert.equal(hour.count, 9);
  });

  it('counts the share inside the 80 % and the 95 % band', () => {
    let state = 7;
    const noise = () => normalQuantile(((state = (state * 48_271) % 2_147_483_647) + 0.5) / 2_147_483_648);
    const truths = truthsOf(12 * DAY, () => 100 + noise());
    const outlooks = Array.from({ length: 8 }, (_, day) =>
      outlookAt((3 + day) * DAY, DAY, (level) => 100 + normalQuantile(level))
    );
    const rows = scoreTruths(outlooks, truths, 0, 1e9).filter((row) => row.model === 'm');
    const count = rows.reduce((sum, row) => sum + row.count, 0);
    const inside = (field: 'inside80' | 'inside95') => rows.reduce((sum, row) => sum + row[field], 0) / count;
    assert.equal(count, 8 * DAY);
    assert.ok(Math.abs(inside('inside80') - 0.8) < 0.03, `${inside('inside80')}`);
    assert.ok(Math.abs(inside('inside95') - 0.95) < 0.02, `${inside('inside95')}`);
  });

  it('scores seasonal-naive beside it, from truths up to the cutoff alone', () => {
    const outlook = outlookAt(3 * DAY, 12, () => 0);
    const past = (index: number) => (index <= 3 * DAY ? Math.cos(index / 9) : 0);
    const before = scoreTruths([outlook], truthsOf(5 * DAY, past), 0, 1e9);
    const naive = before.find((row) => row.model === 'seasonal-naive');
    assert.ok(naive);
    const expected = Math.abs(Math.cos((2 * DAY + 1) / 9));
    const first = scoreTruths([outlook], truthsOf(5 * DAY, past), 0, (3 * DAY + 1) * STEP).find(
      (row) => row.model === 'seasonal-naive'
    );
    assert.ok(Math.abs((first?.sumAbsoluteError ?? 0) - expected) < 1e-12);
  });

  it('leaves out missing truths, never taking them for zero', () => {
    const outlook = outlookAt(3 * DAY, 12, () => 1);
    const truths = truthsOf(5 * DAY, (index) => (index === 3 * DAY + 2 ? Number.NaN : 1));
    const count = scoreTruths([outlook], truths, 0, 1e9)
      .filter((row) => row.model === 'm')
      .reduce((sum, row) => sum + row.count, 0);
    assert.equal(count, 11);
  });

  it('scores each truth once, however the time is cut', () => {
    const outlook = outlookAt(3 * DAY, 100, (level) => level);
    const truths = truthsOf(5 * DAY, (index) => (index % 7) / 7);
    const whole = summarizeScores(scoreTruths([outlook], truths, 0, 1e9));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 3 * DAY, max: 4 * DAY }), { maxLength: 5 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b).map((cut) => cut * STEP), 1e9];
        const rows = edges.slice(1).flatMap((to, index) => scoreTruths([outlook], truths, edges[index]!, to));
        const parts = summarizeScores(rows);
        assert.deepEqual(
          parts.map(({ count, coverage }) => ({ count, coverage })),
          whole.map(({ count, coverage }) => ({ count, coverage }))
        );
      })
    );
  });
});

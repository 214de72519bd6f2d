import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { gridEnd, type Series } from '../../timeseries/index.ts';
import { joinPeriods, periodsOf, periodsUntil, type Periods } from './periods.ts';

const DAY = 86_400;

function samples(values: readonly number[], each: number, startDay = 20_000): Series {
  const stepSeconds = DAY / each;
  return {
    grid: { startSeconds: startDay * DAY + stepSeconds, stepSeconds, length: values.length },
    values: Float64Array.from(values),
  };
}

function periods(startDay: number, values: readonly number[]): Periods {
  const mean = Float64Array.from(values);
  return {
    grid: { startSeconds: startDay * DAY, stepSeconds: DAY, length: values.length },
    mean,
    peak: mean.map((value) => value + 1),
  };
}

describe('periods', () => {
  test('stand at their ends: the mean and the highest of what lies in (t - step, t]', () => {
    const { grid, mean, peak } = periodsOf(samples([1, 2, 3, 6, 5, 5, 5, 9], 4), DAY);
    assert.deepEqual(grid, { startSeconds: 20_001 * DAY, stepSeconds: DAY, length: 2 });
    assert.deepEqual([...mean], [3, 6]);
    assert.deepEqual([...peak], [6, 9]);
  });

  test('are unknown with less than three quarters of their samples, and a missing one is never zero', () => {
    const { mean, peak } = periodsOf(samples([4, Number.NaN, 8, 6, 4, Number.NaN, Number.NaN, 6], 4), DAY);
    assert.deepEqual([...mean], [6, Number.NaN]);
    assert.deepEqual([...peak], [8, Number.NaN]);
  });

  test('have a mean within their samples and a peak among them', () => {
    const value = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(value, { minLength: 4, maxLength: 40 }), (values) => {
        const { mean, peak } = periodsOf(samples(values, 4), DAY);
        assert.equal(mean.length, Math.floor(values.length / 4));
        mean.forEach((each, day) => {
          const own = values.slice(4 * day, 4 * day + 4).filter((one) => !Number.isNaN(one));
          assert.equal(Number.isNaN(each), own.length < 3);
          assert.equal(Number.isNaN(peak[day]!), own.length < 3);
          if (own.length >= 3) {
            assert.equal(peak[day], Math.max(...own));
            assert.ok(each >= Math.min(...own) - 1e-6 && each <= Math.max(...own) + 1e-6);
          }
        });
      })
    );
  });

  test('join so that what is fresh and known holds, the rest stays, and no more than the most is kept', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: Number.NaN }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: Number.NaN }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        (knownStart, known, freshStart, fresh, most) => {
          const [one, two] = [periods(knownStart, known), periods(freshStart, fresh)];
          const joined = joinPeriods(one, two, most);
          assert.equal(gridEnd(joined.grid), gridEnd(two.grid));
          assert.ok(joined.grid.length <= most && joined.mean.length === joined.grid.length);
          joined.mean.forEach((value, index) => {
            const day = joined.grid.startSeconds / DAY + index;
            const of = (part: readonly number[], start: number) => part[day - start] ?? Number.NaN;
            const expected = Number.isNaN(of(fresh, freshStart)) ? of(known, knownStart) : of(fresh, freshStart);
            assert.ok(Object.is(value, expected), `day ${String(day)}`);
            assert.ok(Object.is(joined.peak[index], expected + 1));
          });
        }
      )
    );
  });

  test('end no later than asked', () => {
    const all = periods(10, [1, 2, 3]);
    assert.deepEqual([...periodsUntil(all, 11 * DAY)!.mean], [1, 2]);
    assert.deepEqual([...periodsUntil(all, 99 * DAY)!.mean], [1, 2, 3]);
    assert.equal(periodsUntil(all, 9 * DAY), undefined);
  });
});

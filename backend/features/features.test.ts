import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../random/index.ts';
import type { Series } from '../timeseries/index.ts';
import { FEATURE_FAMILIES, seriesFeatures, type Feature, type FeatureInput } from './index.ts';

const MONDAY = Date.UTC(2026, 10, 23) / 1000;
const DAY = 86_400;

function hourly(values: ArrayLike<number>, stepSeconds = 3600): Series {
  return { grid: { startSeconds: MONDAY, stepSeconds, length: values.length }, values: Float64Array.from(values) };
}

function valuesOf(features: readonly Feature[], name: string): Float64Array {
  const feature = features.find((each) => each.name === name);
  assert.ok(feature, `${name} is among ${features.map((each) => each.name).join(', ')}`);
  return feature.series().values;
}

const number = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 2, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1e-300, 1e300, -1e300, Number.MAX_VALUE, -Number.MAX_VALUE) }
);

const input = fc
  .record({
    stepSeconds: fc.constantFrom(300, 3600, 7200, 5400, DAY),
    values: fc.array(number, { minLength: 1, maxLength: 120 }),
    driver: fc.array(number, { minLength: 1, maxLength: 120 }),
    seasonSeconds: fc.constantFrom(undefined, 12 * 3600, 100_000),
  })
  .map(({ stepSeconds, values, driver, seasonSeconds }): FeatureInput => ({
    target: hourly(values, stepSeconds),
    unit: 'reqps',
    timeZone: 'Europe/Berlin',
    events: [{ name: 'sale', startSeconds: MONDAY + DAY, endSeconds: MONDAY + 2 * DAY }],
    ...(seasonSeconds === undefined ? {} : { seasonSeconds }),
    drivers: [{ name: 'jobs', unit: '', series: hourly(driver, stepSeconds) }],
  }));

describe('seriesFeatures', () => {
  it('no feature at an instant changes when a value after it does, to the bit', () => {
    fc.assert(
      fc.property(input, fc.nat(), fc.array(number, { minLength: 1, maxLength: 60 }), (given, at, later) => {
        const { target, drivers = [] } = given;
        const cut = at % target.values.length;
        const changed = (series: Series): Series => {
          const before = Array.from({ length: cut + 1 }, (_, t) => series.values[t] ?? Number.NaN);
          const values = [...before, ...later];
          return { grid: { ...series.grid, length: values.length }, values: Float64Array.from(values) };
        };
        const before = seriesFeatures(given);
        const after = seriesFeatures({
          ...given,
          target: changed(target),
          drivers: drivers.map((driver) => ({ ...driver, series: changed(driver.series) })),
        });
        assert.deepEqual(
          before.map(({ name }) => name),
          after.map(({ name }) => name)
        );
        before.forEach((feature, i) => {
          assert.deepEqual(
            after[i]!.series().values.subarray(0, cut + 1),
            feature.series().values.subarray(0, cut + 1),
            feature.name
          );
        });
      })
    );
  });

  it('is finite or missing, never infinite, on its grid, with a name of its own', () => {
    fc.assert(
      fc.property(input, fc.nat({ max: 30 }), (given, horizon) => {
        const features = seriesFeatures({ ...given, horizon });
        assert.equal(new Set(features.map(({ name }) => name)).size, features.length);
        for (const feature of features) {
          const { grid, values } = feature.series();
          const ahead = feature.isKnownAhead ? horizon : 0;
          assert.equal(grid.length, given.target.grid.length + ahead);
          assert.equal(values.length, grid.length);
          assert.equal(grid.startSeconds, MONDAY);
          assert.ok(!values.includes(Infinity) && !values.includes(-Infinity), feature.name);
        }
      })
    );
  });

  it('trend, seasonal and remainder are the value, where they are known', () => {
    fc.assert(
      fc.property(input, (given) => {
        const features = seriesFeatures(given);
        const [trend, seasonal, remainder] = ['trend', 'seasonal', 'remainder'].map((name) => valuesOf(features, name));
        given.target.values.forEach((value, t) => {
          if (!Number.isNaN(remainder![t]!)) {
            const sum = trend![t]! + seasonal![t]! + remainder![t]!;
            const size = Math.max(Math.abs(value), Math.abs(trend![t]!), Math.abs(seasonal![t]!));
            assert.ok(Math.abs(sum - value) <= 1e-12 * size, `${sum} is ${value}`);
          }
        });
      })
    );
  });

  it('takes a weekly cycle, growth and spikes apart', () => {
    const random = seededRandom(4);
    const daily = (hour: number): number => 20 * Math.sin((2 * Math.PI * hour) / 24);
    const isWeekend = (hour: number): boolean => Math.floor(hour / 24) % 7 >= 5;
    const values = Array.from({ length: 42 * 24 }, (_, hour) => {
      const spike = hour % 101 === 0 ? 500 : 0;
      return 100 + hour / 100 + daily(hour) - (isWeekend(hour) ? 30 : 0) + random() + spike;
    });
    const features = seriesFeatures({ target: hourly(values) });
    const seasonal = valuesOf(features, 'seasonal');
    const remainder = valuesOf(features, 'remainder');
    const tail = Array.from({ length: 14 * 24 }, (_, i) => 28 * 24 + i);
    const calm = tail.filter((hour) => hour % 101 !== 0);
    const mean = calm.reduce((sum, hour) => sum + remainder[hour]!, 0) / calm.length;
    const off = calm.reduce((sum, hour) => sum + Math.abs(remainder[hour]! - mean), 0) / calm.length;
    assert.ok(off < 2, `mean absolute remainder ${off}, of a cycle of 40 and weekends of 30`);
    for (const hour of tail.filter((each) => each % 101 === 0)) {
      assert.ok(remainder[hour]! > 450, 'a spike stays in the remainder');
    }
    const weekday = calm.filter((hour) => !isWeekend(hour));
    const weekend = calm.filter(isWeekend);
    const meanOf = (hours: readonly number[]): number =>
      hours.reduce((sum, hour) => sum + seasonal[hour]!, 0) / hours.length;
    assert.ok(Math.abs(meanOf(weekday) - meanOf(weekend) - 30) < 3);
  });

  it('knows nothing before enough is measured: NaN, not 0', () => {
    const features = seriesFeatures({ target: hourly(Array.from({ length: 30 }, (_, i) => i)) });
    assert.ok(valuesOf(features, 'mean_1d').subarray(0, 11).every(Number.isNaN));
    assert.equal(valuesOf(features, 'mean_1d')[11], 5.5);
    assert.ok(valuesOf(features, 'seasonal').subarray(0, 30).some(Number.isNaN));
    assert.ok(Number.isNaN(valuesOf(features, 'rate')[0]!));
    assert.equal(valuesOf(features, 'rate')[1], 1 / 3600);
    assert.equal(valuesOf(features, 'rate_6h')[29], 1 / 3600);
  });

  it('masks gaps and tells their age', () => {
    const features = seriesFeatures({ target: hourly([Number.NaN, 4, Number.NaN, Number.NaN, 5]) });
    assert.deepEqual([...valuesOf(features, 'missing')], [1, 0, 1, 1, 0]);
    assert.deepEqual([...valuesOf(features, 'age')], [Number.NaN, 0, 3600, 7200, 0]);
  });

  it('multiplies each activity by the time of day, over the horizon where it is known', () => {
    const jobs = { name: 'jobs', unit: 'jobs', series: hourly([1, 2, 3, 4, 5, 6, 7, 8]) };
    const web = { name: 'calls/web', unit: '', series: hourly([9, 9, 9]) };
    const features = seriesFeatures({ target: hourly([0, 0, 0, 0, 0, 0]), drivers: [jobs, web], horizon: 3 });
    const product = features.find(({ name }) => name === 'jobs_x_day_sin');
    assert.ok(product?.unit === 'jobs');
    const { values } = product.series();
    assert.equal(values[6], 7, 'at six the sine is 1');
    assert.ok(Number.isNaN(values[8]!), 'what is not known ahead is missing');
    assert.ok(Number.isNaN(valuesOf(features, 'calls/web_x_day_cos')[3]!));
  });

  it('fits the step: no time of day in daily steps, windows of at least three steps', () => {
    const names = seriesFeatures({ target: hourly([1, 2, 3], DAY) }).map(({ name }) => name);
    assert.ok(names.includes('mean_4w') && names.includes('seasonal_1w') && names.includes('day_of_week'));
    assert.ok(!names.some((name) => /_1d$|^day_sin$|hour_of_day/.test(name)));
    const weekly = seriesFeatures({ target: hourly([1, 2, 3], 7 * DAY) }).map(({ name }) => name);
    assert.ok(weekly.includes('year_sin') && !weekly.includes('week_sin') && weekly.includes('mean_4w'));
  });

  it('lists each family once', () => {
    const patterns = FEATURE_FAMILIES.map(({ pattern }) => pattern);
    assert.equal(new Set(patterns).size, patterns.length);
    assert.ok(FEATURE_FAMILIES.every(({ description }) => description !== ''));
  });
});

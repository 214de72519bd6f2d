import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../../../random/index.ts';
import { GENERATORS, generateSeries, type SyntheticSeries, type SyntheticShape } from './index.ts';

const DAY_AT_5_MINUTES = { length: 2016, stepSeconds: 300, seasonSteps: 288 };
const MAY_BE_NEGATIVE = new Set(['gaussianProcess', 'regimeSwitching', 'autoregressive', 'mixtures']);
const names = Object.keys(GENERATORS);

const shapes = fc
  .record({
    length: fc.integer({ min: 1, max: 700 }),
    resolution: fc.constantFrom<Array<readonly [number, number]>>(
      [10, 360],
      [10, 1],
      [60, 1440],
      [60, 60],
      [300, 288],
      [3600, 24],
      [3600, 168],
      [86_400, 7]
    ),
  })
  .map(({ length, resolution: [stepSeconds, seasonSteps] }): SyntheticShape => ({
    length,
    stepSeconds,
    seasonSteps,
  }));

function seriesOf(family: string, count: number, shape: SyntheticShape = DAY_AT_5_MINUTES): SyntheticSeries[] {
  const random = seededRandom(11);
  return Array.from({ length: count }, () => GENERATORS[family]!(random, shape)).flat();
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) {
    sum += values[t]!;
  }
  return sum / values.length;
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let t = 0; t < a.length; t++) {
    ab += (a[t]! - meanA) * (b[t]! - meanB);
    aa += (a[t]! - meanA) ** 2;
    bb += (b[t]! - meanB) ** 2;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

const autocorrelation = (values: Float32Array, lag: number): number =>
  correlation(values.subarray(lag), values.subarray(0, values.length - lag));

/** Places in the order of size. */
function ranks(values: Float32Array): Float32Array {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const out = new Float32Array(values.length);
  order.forEach((t, place) => {
    out[t] = place;
  });
  return out;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

for (const family of names) {
  test(`${family}: the length asked for, finite, of a sane size, not below 0 where promised, the same bits for a seed`, () => {
    fc.assert(
      fc.property(shapes, fc.integer(), (shape, seed) => {
        const made = GENERATORS[family]!(seededRandom(seed), shape);
        assert.ok(made.length >= 1);
        assert.deepEqual(GENERATORS[family]!(seededRandom(seed), shape), made);
        for (const series of made) {
          assert.equal(series.family, family);
          assert.equal(series.values.length, shape.length);
          assert.ok(series.driver === undefined || series.driver.length === shape.length);
          assert.equal(series.stepSeconds, shape.stepSeconds);
          assert.equal(series.startSeconds % shape.stepSeconds, 0);
          assert.ok(Number.isInteger(series.seasonSteps) && series.seasonSteps >= 1);
          assert.ok(series.values.every((each) => Number.isFinite(each)));
          assert.ok(mean(series.values.map(Math.abs)) < 1.001e9);
          assert.ok(MAY_BE_NEGATIVE.has(family) || series.values.every((each) => each >= 0));
        }
      }),
      { numRuns: 40 }
    );
  });
}

test('the planted period is found by autocorrelation: better than three eighths of it away', () => {
  for (const family of ['seasonalService', 'saturating', 'batchJobs', 'movingSum', 'gaussianProcess']) {
    const made = seriesOf(family, 60).filter(({ seasonSteps }) => seasonSteps === 288);
    assert.ok(made.length > 5, family);
    const gains = made.map(({ values }) => autocorrelation(values, 288) - autocorrelation(values, 108));
    assert.ok(median(gains) > 0.2, `${family}: ${median(gains)}`);
  }
});

test('a short cycle is planted at ten seconds and at a minute', () => {
  for (const shape of [
    { length: 3600, stepSeconds: 10, seasonSteps: 360 },
    { length: 1200, stepSeconds: 60, seasonSteps: 60 },
  ]) {
    const gains = seriesOf('seasonalService', 40, shape).map(
      ({ values, seasonSteps }) =>
        autocorrelation(values, seasonSteps) - autocorrelation(values, Math.round((seasonSteps * 3) / 8))
    );
    assert.ok(median(gains) > 0.2, `${shape.stepSeconds} s: ${median(gains)}`);
  }
});

test('the driver explains the series: by rank, within a few steps of lag', () => {
  const driven = seriesOf('causalFleet', 40).filter(({ driver }) => driver !== undefined);
  assert.equal(driven.length, 160);
  const best = driven.map(({ values, driver }) => {
    const own = ranks(values);
    const cause = ranks(driver!);
    return Math.max(
      ...[0, 2, 6, 24].map((lag) => correlation(own.subarray(lag), cause.subarray(0, cause.length - lag)))
    );
  });
  assert.ok(median(best) > 0.8, String(median(best)));
  const told = driven.map(({ values, driven: clean }) => correlation(ranks(values), ranks(clean!)));
  assert.ok(median(told) > median(best), `${median(told)} against ${median(best)}`);
  for (const { values, driven: clean } of driven) {
    assert.ok(mean(clean!) > 0.5 * mean(values) && mean(clean!) < 2 * mean(values));
  }
  const strong = best.filter((each) => each > 0.5).length;
  assert.ok(strong > 0.8 * best.length, `${strong} of ${best.length}`);
});

test('a trailing sum changes by whole events, each leaving when its window has passed', () => {
  for (const { values, sumSteps = 0 } of seriesOf('movingSum', 30)) {
    assert.ok(sumSteps >= 12 && sumSteps <= 288);
    assert.ok(values.every(Number.isInteger));
    // Each step's event count is that of one window before plus the change: the least that the first window must have held.
    let least = 0;
    for (let first = 1; first <= sumSteps; first++) {
      let chain = 0;
      let lowest = 0;
      for (let t = first; t < values.length; t += sumSteps) {
        chain += values[t]! - values[t - 1]!;
        lowest = Math.min(lowest, chain);
      }
      least -= lowest;
    }
    assert.ok(least <= values[0]!, `${least} events, of which ${values[0]!} are known`);
  }
});

test('an idle service is mostly at its usual value', () => {
  const shares = seriesOf('idle', 60).map(({ values }) => {
    const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
    return values.filter((each) => Math.abs(each - middle) <= 0.5 * middle + 1e-6).length / values.length;
  });
  assert.ok(median(shares) > 0.9, String(median(shares)));
});

test('an on-off machine spends most of its time near two values', () => {
  const shares = seriesOf('onOff', 60).map(({ values }) => {
    const most = Math.max(...values);
    return values.filter((each) => each < 0.15 * most || each > 0.85 * most).length / values.length;
  });
  assert.ok(median(shares) > 0.8, String(median(shares)));
});

test('categories matter where they are known: weekends by industry, noise by tier, hours by region, scale by size', () => {
  const month = { length: 24 * 56, stepSeconds: 3600, seasonSteps: 24 };
  const made = seriesOf('seasonalService', 1500, month);
  const weekendShare = ({ values, startSeconds }: SyntheticSeries): number => {
    let [rest, work, restHours] = [0, 0, 0];
    values.forEach((each, t) => {
      const isWeekend = (Math.floor((startSeconds + t * 3600) / 86_400) + 3) % 7 >= 5;
      rest += isWeekend ? each : 0;
      restHours += isWeekend ? 1 : 0;
      work += isWeekend ? 0 : each;
    });
    return rest / restHours / (work / (values.length - restHours));
  };
  const roughness = ({ values }: SyntheticSeries): number => {
    let sum = 0;
    for (let t = 2; t < values.length; t++) {
      sum += Math.abs(values[t]! - 2 * values[t - 1]! + values[t - 2]!);
    }
    return sum / values.length / mean(values);
  };
  const of = (name: 'tier' | 'industry' | 'region' | 'size', index: number): SyntheticSeries[] =>
    made.filter(({ categories }) => categories[name] === index);
  const hidden = of('tier', 0).length / made.length;
  assert.ok(hidden > 0.3 && hidden < 0.5, String(hidden));
  const finance = median(of('industry', 4).map(weekendShare));
  assert.ok(finance < 0.75, String(finance));
  assert.ok(median(of('industry', 3).map(weekendShare)) > 1.05);
  assert.ok(median(of('tier', 1).map(roughness)) < 0.8 * median(of('tier', 3).map(roughness)));
  assert.ok(
    median(of('size', 1).map(({ values }) => mean(values))) * 100 <
      median(of('size', 5).map(({ values }) => mean(values)))
  );
  const peakHour = (list: SyntheticSeries[]): number => {
    let [x, y] = [0, 0];
    for (const { values, startSeconds } of list) {
      const own = mean(values);
      values.forEach((each, t) => {
        const angle = (2 * Math.PI * ((startSeconds / 3600 + t) % 24)) / 24;
        x += (each / own) * Math.cos(angle);
        y += (each / own) * Math.sin(angle);
      });
    }
    return ((Math.atan2(y, x) * 24) / (2 * Math.PI) + 24) % 24;
  };
  // UTC+1 and UTC+10 for the same industry: nine hours apart.
  const pair = [2, 8].map((region) =>
    peakHour(of('region', region).filter(({ categories }) => categories.industry === 2))
  );
  const apart = (pair[0]! - pair[1]! + 24) % 24;
  assert.ok(Math.abs(apart - 9) < 3, `${apart} hours`);
});

test('families are drawn by their weights, none without one', () => {
  const random = seededRandom(5);
  const seen = new Map<string, number>();
  for (let draw = 0; draw < 2000; draw++) {
    const [{ family }] = generateSeries(
      random,
      { idle: 3, counts: 1, onOff: 0 },
      { ...DAY_AT_5_MINUTES, length: 24 }
    ) as [SyntheticSeries];
    seen.set(family, (seen.get(family) ?? 0) + 1);
  }
  assert.deepEqual([...seen.keys()].sort(), ['counts', 'idle']);
  assert.ok(Math.abs(seen.get('idle')! / 2000 - 0.75) < 0.04);
});

test('an unknown family, a weight below 0 or not finite, and no weight at all are refused', () => {
  const draw = (weights: Record<string, number>) => (): unknown =>
    generateSeries(seededRandom(1), weights, DAY_AT_5_MINUTES);
  assert.throws(draw({ idel: 1 }), /no family of series is called idel/);
  assert.throws(draw({ toString: 1 }), RangeError);
  assert.throws(draw({ idle: -1 }), RangeError);
  assert.throws(draw({ idle: Number.NaN }), RangeError);
  assert.throws(draw({ idle: Number.POSITIVE_INFINITY }), RangeError);
  assert.throws(draw({ idle: 0 }), RangeError);
  assert.throws(draw({}), RangeError);
});

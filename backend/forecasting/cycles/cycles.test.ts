import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { createForecaster, forecastLevel, type Forecast } from '../index.ts';
import { knotsAround, leadKnots } from './leadKnots.ts';
import { runningSums, windowMean } from './runningSums.ts';
import { blendOpinions, stackWeights } from './stackWeights.ts';

const DAY = 48;
const HALF_HOUR = 1800;

async function forecast(values: Float64Array, horizon: number, seasonSteps = DAY): Promise<Forecast> {
  const history = { target: { grid: { startSeconds: 0, stepSeconds: HALF_HOUR, length: values.length }, values } };
  const predictor = await createForecaster('cycles').fit(history, { horizon, seed: 1, seasonSteps });
  return predictor.predict(history, { horizon, levels: [0.1, 0.5, 0.9] });
}

test('a pure cycle goes on as it is, without a band', async () => {
  const wave = (t: number): number => 100 + 50 * Math.sin((2 * Math.PI * t) / DAY);
  const result = await forecast(
    Float64Array.from({ length: 10 * DAY }, (_, t) => wave(t)),
    DAY
  );
  forecastLevel(result, 0.5).forEach((value, step) => {
    assert.ok(Math.abs(value - wave(10 * DAY + step)) < 2, `step ${String(step)}: ${String(value)}`);
  });
});

test('after a change of level the cycle is forecast at the new level', async () => {
  const wave = (t: number): number => 100 + 50 * Math.sin((2 * Math.PI * t) / DAY) + (t >= 12 * DAY ? 500 : 0);
  const result = await forecast(
    Float64Array.from({ length: 13 * DAY }, (_, t) => wave(t)),
    DAY
  );
  const median = forecastLevel(result, 0.5);
  const error = median.reduce((sum, value, step) => sum + Math.abs(value - wave(13 * DAY + step)) / DAY, 0);
  assert.ok(error < 200, `mean error ${String(error)}: the old level would have 500`);
});

test('a weekend is forecast as a weekend', async () => {
  const load = (t: number): number =>
    (Math.floor(t / DAY) % 7 >= 5 ? 0.4 : 1) * (100 + 50 * Math.sin((2 * Math.PI * t) / DAY));
  const length = (3 * 7 + 5) * DAY;
  const result = await forecast(
    Float64Array.from({ length }, (_, t) => load(t)),
    DAY
  );
  const median = forecastLevel(result, 0.5);
  const error = median.reduce((sum, value, step) => sum + Math.abs(value - load(length + step)) / DAY, 0);
  assert.ok(error < 25, `mean error ${String(error)}: yesterday would have 60`);
});

test('the central band holds about its share of what comes, for noise of any size', async () => {
  for (const size of [0.1, 1, 30]) {
    let inside = 0;
    let count = 0;
    for (let seed = 0; seed < 12; seed++) {
      const random = seededRandom(seed);
      const values = Float64Array.from(
        { length: 15 * DAY },
        (_, t) => 1000 + 50 * Math.sin((2 * Math.PI * t) / DAY) + size * randomNormal(random)
      );
      const result = await forecast(values.slice(0, 14 * DAY), DAY);
      const [lower, upper] = [forecastLevel(result, 0.1), forecastLevel(result, 0.9)];
      values.subarray(14 * DAY).forEach((value, step) => {
        inside += value >= lower[step]! && value <= upper[step]! ? 1 : 0;
        count++;
      });
    }
    assert.ok(Math.abs(inside / count - 0.8) < 0.08, `noise ${String(size)}: ${String(inside / count)} inside`);
  }
});

test('a history that ends in a gap has a wider band than one that does not', async () => {
  const random = seededRandom(5);
  let level = 0;
  const values = Float64Array.from({ length: 14 * DAY }, () => 1000 + (level += randomNormal(random)));
  const gap = values.slice();
  gap.fill(Number.NaN, gap.length - 10);
  const width = (result: Forecast): number => forecastLevel(result, 0.9)[0]! - forecastLevel(result, 0.1)[0]!;
  const [whole, broken] = [await forecast(values, 8), await forecast(gap, 8)];
  assert.ok(width(broken) > 1.5 * width(whole), `${String(width(broken))} and ${String(width(whole))}`);
  assert.ok(broken.warnings.includes('the last measurement is 5h older than the cutoff'));
});

test('a history shorter than two seasons is forecast without one, wider, and says so', async () => {
  const result = await forecast(
    Float64Array.from({ length: 60 }, (_, t) => 10 + (t % 5)),
    10
  );
  assert.match(result.warnings.join(), /shorter than two seasons of 1d: .* wider/);
});

test('windows have the mean of what is measured in them, and none where too little is', () => {
  const sums = runningSums(Float64Array.of(1, Number.NaN, 3, Number.NaN, Number.NaN, Number.NaN, 9));
  assert.equal(windowMean(sums, 0, 3), 2);
  assert.ok(Number.isNaN(windowMean(sums, 2, 6)));
  assert.ok(Number.isNaN(windowMean(sums, -1, 3)));
  assert.ok(Number.isNaN(windowMean(sums, 3, 3)));
  assert.equal(sums.lasts[6], 3);
});

test('stacked weights are positive, add up to one, and go to the expert that is right', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 2, max: 6 }), (seed, experts) => {
      const random = seededRandom(seed);
      const truths = Float64Array.from({ length: 80 }, () => 10 * random());
      const opinions = Float64Array.from({ length: 80 * experts }, (_, cell) => {
        const truth = truths[Math.floor(cell / experts)]!;
        return cell % experts === 0 ? truth : random() < 0.3 ? Number.NaN : truth + 5 + random();
      });
      const lessons = { expertCount: experts, opinions, truths, importances: new Float64Array(80).fill(1) };
      const initial = new Float64Array(experts).fill(1 / experts);
      const weights = stackWeights(lessons, 1, initial);
      assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-9);
      assert.ok(weights.every((weight) => weight > 0) && weights[0]! > 0.9);
    })
  );
});

test('a silent expert is passed over in a blend', () => {
  assert.equal(blendOpinions(Float64Array.of(0.2, 0.3, 0.5), Float64Array.of(10, Number.NaN, 20)), 12 / 0.7);
  assert.ok(Number.isNaN(blendOpinions(Float64Array.of(1), Float64Array.of(Number.NaN))));
});

test('every lead lies between its knots', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 1000 }), (horizon, lead) => {
      const knots = leadKnots(horizon);
      assert.equal(knots[0], 1);
      assert.equal(knots.at(-1), horizon);
      const { left, right, share } = knotsAround(knots, lead);
      const place = knots[left]! * (1 - share) + knots[right]! * share;
      assert.ok(share >= 0 && share < 1);
      assert.ok(Math.abs(place - Math.min(lead, horizon)) < 1e-9);
    })
  );
});

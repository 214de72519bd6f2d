import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { createForecaster, forecastLevel, nearLearner, type Forecast } from '../index.ts';

const DAY = 288;
const START = 1_790_000_100;
const LEVELS = [0.1, 0.5, 0.9];

function seriesOf(values: Float64Array, startSeconds = START): Series {
  return { grid: { startSeconds, stepSeconds: 300, length: values.length }, values };
}

/** Requests with a day, noise and, each hour, a job of three times the size. */
function requests(length: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, (_, t) => {
    const usual = 1000 * (1 + 0.5 * Math.sin((2 * Math.PI * t) / DAY));
    return usual * Math.exp(0.05 * randomNormal(random)) * (t % 12 === 7 ? 3 : 1);
  });
}

async function forecast(values: Float64Array, horizon: number): Promise<Forecast> {
  const history = { target: seriesOf(values) };
  const predictor = await createForecaster('near').fit(history, { horizon, seed: 1, seasonSteps: DAY });
  return predictor.predict(history, { horizon, levels: LEVELS });
}

test('a job that runs each hour is foreseen at its minute', async () => {
  const values = requests(8 * DAY, 3);
  const median = forecastLevel(await forecast(values, 12), 0.5);
  const job = median.findIndex((_, step) => (values.length + step) % 12 === 7);
  median.forEach((value, step) => {
    assert.ok(step === job || value < 0.6 * median[job]!, `step ${String(step)}: ${String(value)}`);
  });
});

test('the bands hold about their share of the truths', async () => {
  const truth = requests(20 * DAY, 11);
  let inside = 0;
  let count = 0;
  for (let origin = 12 * DAY; origin < 20 * DAY - 12; origin += 61) {
    const result = await forecast(truth.slice(0, origin), 12);
    const [low, high] = [forecastLevel(result, 0.1), forecastLevel(result, 0.9)];
    low.forEach((value, step) => {
      inside += truth[origin + step]! >= value && truth[origin + step]! <= high[step]! ? 1 : 0;
      count++;
    });
  }
  assert.ok(inside / count > 0.7 && inside / count < 0.92, String(inside / count));
});

test('the spread is wider while the series is restless', async () => {
  const random = seededRandom(5);
  const values = Float64Array.from({ length: 8 * DAY }, (_, t) => {
    const isRestless = Math.floor(t / 144) % 2 === 1;
    return 1000 * Math.exp((isRestless ? 0.3 : 0.01) * randomNormal(random));
  });
  const width = async (length: number): Promise<number> => {
    const result = await forecast(values.slice(0, length), 3);
    return forecastLevel(result, 0.9)[1]! - forecastLevel(result, 0.1)[1]!;
  };
  assert.ok((await width(8 * DAY - 10)) > 3 * (await width(7 * DAY + 100)));
});

test('learning row by row gives the bits of learning at once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 }),
      (seed, pieces) => {
        const values = requests(4 * DAY, seed);
        values.fill(Number.NaN, 700, 730);
        const known = 2 * DAY;
        const end = pieces.reduce((sum, piece) => Math.min(values.length, sum + piece), known);
        const options = { horizon: 12, seasonSteps: DAY };
        const atOnce = nearLearner(seriesOf(values.slice(0, known)), options);
        atOnce.learn(seriesOf(values.slice(0, end)));
        const inPieces = nearLearner(seriesOf(values.slice(0, known)), options);
        let at = known;
        for (const piece of pieces) {
          at = Math.min(values.length, at + piece);
          inPieces.learn(seriesOf(values.slice(DAY, at), START + 300 * DAY));
        }
        const target = seriesOf(values.slice(0, end));
        assert.deepEqual(
          inPieces.predict(target, { horizon: 12, levels: LEVELS }),
          atOnce.predict(target, { horizon: 12, levels: LEVELS })
        );
      }
    ),
    { numRuns: 15 }
  );
});

test('rows that never came are a gap, not a shift in time', () => {
  const values = requests(7 * DAY, 2);
  const options = { horizon: 12, seasonSteps: DAY };
  const gapped = values.slice();
  gapped.fill(Number.NaN, 4 * DAY, 4 * DAY + 100);
  const whole = nearLearner(seriesOf(values.slice(0, 4 * DAY)), options);
  whole.learn(seriesOf(gapped));
  const late = nearLearner(seriesOf(values.slice(0, 4 * DAY)), options);
  late.learn(seriesOf(values.slice(4 * DAY + 100), START + 300 * (4 * DAY + 100)));
  const ask = { horizon: 12, levels: LEVELS };
  assert.deepEqual(late.predict(seriesOf(gapped), ask), whole.predict(seriesOf(gapped), ask));
});

test('a learner that has seen next to nothing says nothing', () => {
  const target = seriesOf(Float64Array.of(3, 4, 5));
  assert.equal(
    nearLearner(target, { horizon: 5, seasonSteps: 1 }).predict(target, { horizon: 5, levels: [0.5] }),
    undefined
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomNormal, seededRandom } from '../../random/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { createForecaster, forecastLevel, type Forecast } from '../index.ts';

const DAY = 86_400;
const START = 20_000 * DAY;
const LEVELS = [0.1, 0.5, 0.9];

function daily(values: Float64Array, startSeconds = START): Series {
  return { grid: { startSeconds, stepSeconds: DAY, length: values.length }, values };
}

/** Steps of a day from `at(day)`, with 3 % of noise. */
function measured(length: number, at: (day: number) => number, seed = 1): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, (_, day) => at(day) * (1 + 0.03 * randomNormal(random)));
}

async function forecast(values: Float64Array, horizon = 90, known?: Series, seasonSteps = 7): Promise<Forecast> {
  const history = { target: daily(values), ...(known && { knownCovariates: new Map([['holiday', known]]) }) };
  const predictor = await createForecaster('planning').fit(history, { horizon, seed: 1, seasonSteps });
  return predictor.predict(history, { horizon, levels: LEVELS });
}

const weekly = (day: number): number => (day % 7 >= 5 ? 400 : 1000);

test('the week goes on for 90 days', async () => {
  const median = forecastLevel(await forecast(measured(120, weekly)), 0.5);
  median.forEach((value, step) => {
    const truth = weekly(120 + step);
    assert.ok(Math.abs(value / truth - 1) < 0.12, `day ${String(step)}: ${String(value)}, not ${String(truth)}`);
  });
});

test('days of a week are kept for daily steps also where no season was found', async () => {
  const median = forecastLevel(await forecast(measured(120, weekly), 14, undefined, 1), 0.5);
  assert.ok(median[0]! > 1.5 * Math.min(...median));
});

test('growth goes on, and ever less so', async () => {
  const median = forecastLevel(await forecast(measured(120, (day) => 1000 + 20 * day)), 0.5);
  const next = 1000 + 20 * 120;
  assert.ok(median[13]! > next && median[13]! < next + 20 * 14 * 1.5, String(median[13]));
  assert.ok(median[89]! >= median[13]! && median[89]! < next + 20 * 90, String(median[89]));
});

test('the bands widen with the lead and never narrow over weeks', async () => {
  const random = seededRandom(9);
  let level = 1000;
  const values = Float64Array.from({ length: 150 }, () => (level *= Math.exp(0.03 * randomNormal(random))));
  const result = await forecast(values);
  const width = (step: number): number => forecastLevel(result, 0.9)[step]! - forecastLevel(result, 0.1)[step]!;
  assert.ok(width(6) > 1.3 * width(0) && width(83) > 1.5 * width(6), `${String(width(6))} ${String(width(83))}`);
});

test('a holiday seen before is foreseen, one never seen is not made up', async () => {
  const holidays = (day: number): number => (day % 31 === 17 ? 1 : 0);
  const values = measured(155, (day) => weekly(day) * (holidays(day) === 1 ? 0.3 : 1));
  const known = daily(Float64Array.from({ length: 155 + 30 }, (_, day) => holidays(day)));
  const plain = forecastLevel(await forecast(values, 30), 0.5);
  const informed = forecastLevel(await forecast(values, 30, known), 0.5);
  const at = informed.findIndex((_, step) => holidays(155 + step) === 1);
  assert.ok(informed[at]! < 0.6 * plain[at]!, `${String(informed[at])} beside ${String(plain[at])}`);
  const unseen = daily(Float64Array.from({ length: 155 + 30 }, (_, day) => (day === 160 ? 1 : 0)));
  assert.deepEqual(await forecast(values, 30, unseen), await forecast(values, 30));
});

test('with two years known the season of the year is foreseen', async () => {
  const yearly = (day: number): number => 1000 * (1 + 0.4 * Math.sin((2 * Math.PI * day) / 365.25));
  const length = 800;
  const median = forecastLevel(await forecast(measured(length, yearly)), 0.5);
  const error = median.reduce((sum, value, step) => sum + Math.abs(value / yearly(length + step) - 1) / 90, 0);
  assert.ok(error < 0.08, String(error));
});

test('one odd day does not move the level', async () => {
  const values = measured(120, () => 1000);
  values[118] = 9000;
  const median = forecastLevel(await forecast(values, 30), 0.5);
  assert.ok(
    median.every((value) => value < 1500),
    median.join(' ')
  );
});

test('gaps are bridged and less than a week is told', async () => {
  const values = measured(120, weekly);
  values.fill(Number.NaN, 40, 50);
  const median = forecastLevel(await forecast(values, 14), 0.5);
  assert.ok(Math.abs(median[3]! / weekly(123) - 1) < 0.15);
  const short = await forecast(Float64Array.of(1, 2, 3), 5);
  assert.match(short.warnings.join(), /too few measurements to plan from/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { guardedForecaster } from '../guardedForecaster.ts';
import type { History } from '../history.ts';
import { createForecaster, forecastLevel } from '../index.ts';
import type { LocalModel } from '../localModel.ts';
import { normalForecast } from '../normalForecast.ts';
import { automatic } from './automatic.ts';
import { blendForecasts } from './blendForecasts.ts';
import { calibrate, calibrated, noCalibration, tracked } from './calibration.ts';
import { leadZones } from './leadZones.ts';
import { rehearse } from './rehearsal.ts';

const DAY = 24;

function historyOf(values: Float64Array): History {
  return { target: { grid: { startSeconds: 0, stepSeconds: 3600, length: values.length }, values } };
}

function noisyDays(days: number, seed = 1): History {
  const random = seededRandom(seed);
  return historyOf(
    Float64Array.from(
      { length: days * DAY },
      (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t) / DAY) + 5 * randomNormal(random)
    )
  );
}

/** Says `offset` above the right value of `noisyDays`, sure to `deviation`. */
function saying(name: string, offset: number, deviation: number): LocalModel {
  return {
    name,
    fit: () => ({
      predict: ({ target }, { horizon, levels }) =>
        normalForecast(
          Float64Array.from(
            { length: horizon },
            (_, step) => 100 + 40 * Math.sin((2 * Math.PI * (target.values.length + step)) / DAY) + offset
          ),
          new Float64Array(horizon).fill(deviation),
          levels
        ),
    }),
  };
}

const options = { horizon: DAY, seed: 1, seasonSteps: DAY };
const levels = [0.1, 0.5, 0.9];

async function autoOf(history: History, ...models: LocalModel[]) {
  const candidates = models.map((model) => ({ model, prior: 1 }));
  return guardedForecaster(automatic(candidates)).fit(history, options);
}

test('the candidate that was right in the rehearsal gets the weight, and the reason says so', async () => {
  const history = noisyDays(14);
  const predictor = await autoOf(history, saying('wrong', 60, 5), saying('right', 0, 5));
  const result = await predictor.predict(history, { horizon: DAY, levels });
  assert.match(result.reason ?? '', /^right \d+ % \(CRPS 0\.0\d+\).*: by \d+ forecasts of the last 4d16h$/);
  const share = Number(/right (\d+) %/.exec(result.reason ?? '')?.[1]);
  assert.ok(share > 70, result.reason);
});

test('a band that was too narrow in the rehearsal is made wider, one that was too wide narrower', async () => {
  const history = noisyDays(20);
  const width = async (deviation: number): Promise<number> => {
    const predictor = await autoOf(history, saying('only', 0, deviation));
    const result = await predictor.predict(history, { horizon: DAY, levels });
    return (forecastLevel(result, 0.9)[5]! - forecastLevel(result, 0.1)[5]!) / (2 * 1.2816 * deviation);
  };
  assert.ok((await width(2)) > 1.5);
  assert.ok((await width(10)) < 0.95);
});

test('with a history too short for a rehearsal the prior holds, and the reason says so', async () => {
  const history = noisyDays(2);
  const predictor = await createForecaster('auto').fit(history, { horizon: DAY, seed: 1, seasonSteps: DAY });
  const result = await predictor.predict(history, { horizon: DAY, levels });
  assert.match(result.reason ?? '', /too short to compare them/);
});

test('no candidate sees past the origin in a rehearsal', async () => {
  const history = noisyDays(12);
  const seen: number[] = [];
  const spy: LocalModel = {
    name: 'spy',
    fit(known) {
      seen.push(known.target.values.length);
      return {
        predict({ target }, { horizon, levels: asked }) {
          seen.push(target.values.length + 1e6 * horizon);
          return normalForecast(new Float64Array(horizon), new Float64Array(horizon).fill(1), asked);
        },
      };
    },
  };
  const { acts, heldOutSteps } = await rehearse([spy], history, [0.5], { ...options, cycle: DAY });
  const length = history.target.values.length;
  assert.equal(seen[0], length - heldOutSteps);
  assert.equal(acts.length, seen.length - 1);
  seen.slice(1).forEach((mark, index) => {
    const [origin, horizon] = [mark % 1e6, Math.floor(mark / 1e6)];
    assert.ok(origin >= length - heldOutSteps && origin + horizon <= length);
    assert.deepEqual(acts[index]!.truth, history.target.values.slice(origin, origin + horizon));
  });
});

test('auto that is settled says of the same history the same, and follows nothing that comes after', async () => {
  const whole = noisyDays(18, 3).target.values.map((value, t) => (t < 14 * DAY ? value : 1.2 * value));
  const until = (days: number): History => historyOf(whole.subarray(0, days * DAY));
  const predictor = await autoOf(until(14), saying('right', 0, 5), saying('low', -6, 5));
  const settled = await predictor.settled!(until(15));
  const of = async (from: typeof predictor, days: number) =>
    (await from.predict(until(days), { horizon: DAY, levels })).values;
  assert.deepEqual(await of(settled, 15), await of(predictor, 15));
  const top = async (from: typeof predictor, days: number) => (await of(from, days))[2 * DAY]!;
  assert.ok(Math.abs((await top(settled, 16)) - (await top(settled, 15))) < 1e-9, 'more misses move nothing');
  assert.notDeepEqual(await of(predictor, 16), await of(settled, 16), 'but what follows them');
  assert.deepEqual(await of(await settled.settled!(until(18)), 16), await of(settled, 16));
});

test('auto follows what came true since the fit: misses above widen upwards', async () => {
  const history = noisyDays(21);
  const fitted = historyOf(history.target.values.subarray(0, 20 * DAY));
  const raised = historyOf(history.target.values.map((value, t) => (t >= 20 * DAY ? value + 40 : value)));
  const predictor = await autoOf(fitted, saying('only', 0, 5));
  const top = async (known: History): Promise<number> => {
    const result = await predictor.predict(known, { horizon: DAY, levels });
    return forecastLevel(result, 0.9)[3]!;
  };
  assert.ok((await top(raised)) > (await top(history)) + 1);
});

test('a candidate that fails, when fitted or later, leaves the others to forecast', async () => {
  const history = noisyDays(14);
  const unfit: LocalModel = {
    name: 'unfit',
    fit: () => {
      throw new Error('cannot');
    },
  };
  const [alone, beside] = [
    await autoOf(history, saying('right', 0, 5)),
    await autoOf(history, unfit, saying('none', Number.NaN, 5), saying('right', 0, 5)),
  ];
  const result = await beside.predict(history, { horizon: DAY, levels });
  assert.deepEqual(result.values, (await alone.predict(history, { horizon: DAY, levels })).values);
  assert.match(result.reason ?? '', /^right 100 %/);
  const nobody = await (await autoOf(history, unfit)).predict(history, { horizon: DAY, levels });
  assert.match(nobody.warnings.join(), /the quantiles of the recent past stand in/);
});

test('zones meet without a gap and cover the horizon', () => {
  for (const horizon of [1, 2, 7, 24, 288, 900]) {
    const zones = leadZones(horizon);
    assert.equal(zones[0]!.from, 1);
    assert.equal(zones.at(-1)!.to, horizon);
    zones.forEach((zone, index) => {
      assert.ok(zone.from <= zone.lead && zone.lead <= zone.to);
      assert.ok(index === 0 || zone.from === zones[index - 1]!.to + 1);
    });
  }
});

test('a calibration of truths drawn from the forecast moves next to nothing; none moves nothing', () => {
  const zones = leadZones(DAY);
  const deciles = [0.1, 0.3, 0.5, 0.7, 0.9];
  const random = seededRandom(3);
  const past = Array.from({ length: 200 }, () => ({
    values: normalForecast(new Float64Array(DAY), new Float64Array(DAY).fill(1), deciles).values,
    truth: Float64Array.from({ length: DAY }, () => randomNormal(random)),
  }));
  const calibration = calibrate(past, deciles, zones, () => 200);
  assert.ok(calibration.shifts.every((row) => row.every((shift) => Math.abs(shift) < 0.05)));
  const forecast = normalForecast(new Float64Array(DAY), new Float64Array(DAY).fill(1), deciles);
  const band = { lower: new Float64Array(DAY).fill(-1.28), upper: new Float64Array(DAY).fill(1.28) };
  assert.deepEqual(calibrated(forecast, band, deciles, noCalibration(deciles, zones)).values, forecast.values);
});

test('tracking moves a level that is always exceeded up, and one never exceeded down, zone by zone', () => {
  const zones = leadZones(DAY);
  const forecast = normalForecast(new Float64Array(DAY), new Float64Array(DAY).fill(1), levels);
  const start = noCalibration(levels, zones);
  const above = tracked(start, { values: forecast.values, truth: new Float64Array(DAY).fill(9) }, zones, 0.1);
  assert.ok(above.shifts.every((row) => row.every((shift, level) => Math.abs(shift - 0.1 * levels[level]!) < 1e-12)));
  const short = tracked(start, { values: Float64Array.of(-1, 0, 1), truth: Float64Array.of(-9) }, zones, 0.1);
  assert.ok(short.shifts[0]!.every((shift) => shift < 0));
  assert.ok(short.shifts.at(-1)!.every((shift) => shift === 0));
});

test('a blend of equals is their equal, and weights change gradually with the lead', async () => {
  const history = noisyDays(5);
  const make = async (offset: number) =>
    (await guardedForecaster(saying('x', offset, 1)).fit(history, options)).predict(history, { horizon: 21, levels });
  const [low, high] = [await make(0), await make(10)];
  const blend = blendForecasts([low, high], {
    leads: [1, 21],
    weights: [Float64Array.of(1, 0), Float64Array.of(0, 1)],
  });
  blend.mean.forEach((mean, step) => {
    assert.ok(Math.abs(mean - low.mean[step]! - step / 2) < 1e-9);
  });
  const same = blendForecasts([low, low], { leads: [1], weights: [Float64Array.of(0.5, 0.5)] });
  assert.deepEqual(same.values, low.values);
});

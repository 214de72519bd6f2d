import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createForecaster, type History, type Predictor } from '../../forecasting/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import type { Series, TimeGrid } from '../../timeseries/index.ts';
import { forecastImportance, type ForecastImportance } from './index.ts';

const STEP = 900;
const DAY = 96;
const DAYS = 14;

function gridOf(length: number, stepSeconds = STEP): TimeGrid {
  return { startSeconds: 1_794_960_000, stepSeconds, length };
}

function seriesOf(length: number, at: (t: number) => number): Series {
  return { grid: gridOf(length), values: Float64Array.from({ length }, (_, t) => at(t)) };
}

/** Two weeks of a daily cycle with a little noise. */
function dailyCycle(seed = 1): History {
  const random = seededRandom(seed);
  return {
    target: seriesOf(DAYS * DAY, (t) => 100 + 40 * Math.sin((2 * Math.PI * t) / DAY) + 3 * randomNormal(random)),
  };
}

/** CPU that follows wandering requests, beside a covariate that has nothing to do with it; both known for a day more. */
function drivenHistory(seed = 1): History {
  const random = seededRandom(seed);
  let surge = 0;
  const requests = seriesOf((DAYS + 1) * DAY, (t) => {
    surge = 0.97 * surge + 8 * randomNormal(random);
    return Math.max(0, 150 + 20 * Math.sin((2 * Math.PI * t) / DAY) + surge);
  });
  const dice = seriesOf((DAYS + 1) * DAY, () => 50 + 10 * randomNormal(random));
  const target = seriesOf(DAYS * DAY, (t) => 5 + 0.4 * requests.values[t]! + randomNormal(random));
  return {
    target,
    knownCovariates: new Map([
      ['requests', requests],
      ['dice', dice],
    ]),
  };
}

async function importanceOf(model: string, history: History, horizon = DAY): Promise<ForecastImportance> {
  const predictor = await createForecaster(model).fit(history, { horizon, seed: 1 });
  return forecastImportance(predictor, history, { horizon });
}

function group({ groups }: ForecastImportance, name: string) {
  const found = groups.find((each) => each.name === name);
  assert.ok(found, `${name} among ${groups.map((each) => each.name).join(', ')}`);
  return found;
}

for (const model of ['seasonal-naive', 'cycles', 'auto']) {
  test(`a planted daily cycle matters most to ${model}`, async () => {
    const found = await importanceOf(model, dailyCycle());
    assert.equal(found.groups[0]?.name, 'seasonal_1d');
    assert.ok(found.groups[0].isUsed && found.groups[0].share.whole > 0.5, String(found.groups[0].share.whole));
    assert.ok(found.groups[0].change.whole > 20 && found.groups[0].change.whole < 80);
  });
}

for (const model of ['driven', 'auto']) {
  test(`a planted driver matters most to ${model}, and a covariate of noise next to nothing`, async () => {
    const found = await importanceOf(model, drivenHistory());
    const [requests, dice] = [group(found, 'requests'), group(found, 'dice')];
    assert.equal(found.groups[0]?.name, 'requests');
    assert.ok(dice.share.whole < 0.03, String(dice.share.whole));
    assert.ok(requests.change.whole > 20 * dice.change.whole);
  });
}

test('what a model does not read is not used: no change at all', async () => {
  const history = { ...drivenHistory(), metadata: { tier: 'gold', region: 'eu' } };
  const found = await importanceOf('naive', history);
  for (const name of ['requests', 'dice', 'calendar', 'tier', 'region']) {
    const { isPresent, isUsed, change } = group(found, name);
    assert.deepEqual([name, isPresent, isUsed, change.whole], [name, true, false, 0]);
  }
  for (const name of ['industry', 'size', 'missing']) {
    assert.deepEqual([name, group(found, name).isPresent], [name, false]);
  }
});

test('a model that reads the clock uses the calendar; gaps count where there are some', async () => {
  const night: Predictor = {
    name: 'night',
    predict: ({ target }, { horizon, levels }) => {
      const hour = ((target.grid.startSeconds % 86_400) + 86_400) % 86_400;
      const gaps = target.values.filter(Number.isNaN).length;
      const values = new Float64Array(levels.length * horizon).map((_, i) => hour + gaps + Math.floor(i / horizon));
      return { grid: gridOf(horizon), levels, values, mean: values.subarray(0, horizon), model: 'night', warnings: [] };
    },
  };
  const { target } = dailyCycle();
  const holed = { grid: target.grid, values: target.values.map((value, t) => (t % 50 === 7 ? Number.NaN : value)) };
  const found = await forecastImportance(night, { target: holed }, { horizon: 12 });
  assert.equal(Math.round(group(found, 'calendar').change.whole), 43_200);
  assert.ok(group(found, 'missing').isUsed);
  assert.ok(!group(found, 'seasonal_1d').isUsed && group(found, 'seasonal_1d').isPresent);
});

test('the level of the last hour counts near the cutoff, less far from it', async () => {
  const random = seededRandom(4);
  let level = 0;
  const target = seriesOf(DAYS * DAY, () => (level = 0.98 * level + randomNormal(random)) + 100);
  const jump = {
    target: { ...target, values: target.values.map((value, t) => (t > DAYS * DAY - 9 ? value + 12 : value)) },
  };
  const { change } = group(await importanceOf('cycles', jump), 'mean_1h');
  assert.ok(change.parts[0]! > 1.5 * change.parts[2]!, change.parts.join());
});

test('nothing after the cutoff is seen but known covariates, and the history is left as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: -1e6, max: 1e6, noNaN: true }), async (truth) => {
      const { target } = dailyCycle();
      const buffer = new Float64Array(target.values.length + DAY).fill(truth);
      buffer.set(target.values);
      const history = { target: { grid: target.grid, values: buffer.subarray(0, target.values.length) } };
      const spied: number[] = [];
      const predictor = await createForecaster('seasonal-naive').fit(history, { horizon: 8, seed: 1 });
      const spy: Predictor = {
        name: 'spy',
        predict: (known, options) => {
          spied.push(known.target.values.length);
          return predictor.predict(known, options);
        },
      };
      const found = await forecastImportance(spy, history, { horizon: 8 });
      assert.deepEqual(
        found.groups.map(({ change }) => change),
        (await importanceOf('seasonal-naive', dailyCycle(), 8)).groups.map(({ change }) => change)
      );
      assert.ok(spied.every((length) => length === target.values.length));
      assert.equal(spied.length, found.forecastCount);
      assert.deepEqual(history.target.values, target.values);
      assert.ok(buffer.subarray(target.values.length).every((value) => value === truth));
    }),
    { numRuns: 5 }
  );
});

test('it is the same each time, and shares sum to 1 in each part of the horizon', async () => {
  const [one, other] = [await importanceOf('auto', drivenHistory()), await importanceOf('auto', drivenHistory())];
  assert.deepEqual(one, other);
  for (let part = 0; part < one.parts.length; part++) {
    assert.ok(Math.abs(one.groups.reduce((sum, { share }) => sum + share.parts[part]!, 0) - 1) < 1e-9);
  }
});

test('of a constant and of nothing measured there is nothing to say, and it says why', async () => {
  const constant = await importanceOf('auto', { target: seriesOf(200, (t) => (t % 9 === 0 ? Number.NaN : 7)) });
  assert.deepEqual([constant.groups, constant.forecastCount], [[], 0]);
  assert.match(constant.emptyReason ?? '', /^every measurement is 7/);
  const predictor = await createForecaster('naive').fit(dailyCycle(), { horizon: 3, seed: 1 });
  const nothing = await forecastImportance(predictor, { target: seriesOf(50, () => Number.NaN) }, { horizon: 3 });
  assert.match(nothing.emptyReason ?? '', /not one measurement/);
});

test('any history gives finite numbers, within the number of forecasts that is said', async () => {
  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constantFrom(Number.NaN, 0, 1e300, -1e300, 1e-300, 5, 5, 5)
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { minLength: 1, maxLength: 60 }),
      fc.constantFrom(60, 3600, 86_400, 604_800, 1_209_600),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom('naive', 'seasonal-naive', 'cycles', 'driven', 'planning', 'near'),
      async (values, stepSeconds, horizon, model) => {
        fc.pre(values.some((each) => !Number.isNaN(each)));
        const target = { grid: gridOf(values.length, stepSeconds), values: Float64Array.from(values) };
        const history = { target, pastCovariates: new Map([['x', target]]), metadata: { tier: 'gold', size: 4 } };
        const found = await importanceOf(model, history, horizon);
        assert.ok(found.forecastCount <= found.groups.length + 2);
        for (const { change, widths, share } of found.groups) {
          const numbers = [change.whole, ...change.parts, widths, share.whole, ...share.parts];
          assert.ok(
            numbers.every((each) => Number.isFinite(each) && each >= 0),
            JSON.stringify(numbers)
          );
        }
        assert.equal(found.parts[0]?.from, 1);
        assert.equal(found.parts.at(-1)?.to, horizon);
      }
    ),
    { numRuns: 60 }
  );
});

test('so many covariates that each would cost a forecast are looked at together', async () => {
  const history = drivenHistory();
  const many = Array.from(
    { length: 40 },
    (_, i) => [`lane${String(i)}`, history.knownCovariates!.get('dice')!] as const
  );
  const found = await importanceOf('naive', { target: history.target, pastCovariates: new Map(many) });
  assert.equal(found.groups.filter(({ kind }) => kind === 'covariate').length, 16);
  assert.match(group(found, 'other covariates').description, /^25 more/);
});

test('a covariate may be named as a feature is', async () => {
  const { target, knownCovariates } = drivenHistory();
  const found = await importanceOf('driven', {
    target,
    knownCovariates: new Map([['trend', knownCovariates!.get('requests')!]]),
  });
  assert.deepEqual(
    found.groups
      .filter(({ name }) => name === 'trend')
      .map(({ kind }) => kind)
      .sort(),
    ['covariate', 'decomposition']
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import type { History } from '../history.ts';
import { createForecaster } from '../createForecaster.ts';
import { onlineNear } from './onlineNear.ts';

const DAY = 96;
const STEP = 900;
const LENGTH = 4 * DAY;
const OPTIONS = { horizon: 4, levels: [0.1, 0.5, 0.9] };

/** From here on a job of three times the size runs each hour. */
const JOB_FROM = LENGTH + DAY;

const random = seededRandom(7);
const truth = Float64Array.from({ length: 40 * DAY }, (_, t) => {
  const usual = 1000 * (1 + 0.5 * Math.sin((2 * Math.PI * t) / DAY));
  return usual * Math.exp(0.05 * randomNormal(random)) * (t >= JOB_FROM && t % 4 === 1 ? 3 : 1);
});

/** What is known when the first `end` rows were measured, the last `late` of which have not arrived. */
function historyAt(end: number, late = 0): History {
  const values = truth.slice(end - LENGTH, end);
  values.fill(Number.NaN, LENGTH - late);
  return {
    target: { grid: { startSeconds: 1.8e9 + (end - LENGTH) * STEP, stepSeconds: STEP, length: LENGTH }, values },
  };
}

const fit = (end: number) => onlineNear().fit(historyAt(end), { horizon: OPTIONS.horizon, seasonSteps: DAY, seed: 1 });

test('says the same whether rows come one by one, at once, or late', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ gap: fc.integer({ min: 1, max: 30 }), late: fc.integer({ min: 0, max: 3 }) }), {
        minLength: 1,
        maxLength: 8,
      }),
      async (turns) => {
        const [often, once] = [await fit(LENGTH), await fit(LENGTH)];
        let end = LENGTH;
        for (const { gap, late } of turns) {
          end += gap;
          await often.predict(historyAt(end, late), OPTIONS);
        }
        const [one, other] = [
          await often.predict(historyAt(end), OPTIONS),
          await once.predict(historyAt(end), OPTIONS),
        ];
        assert.deepEqual(one.values, other.values);
      }
    ),
    { numRuns: 15 }
  );
});

test('learns what begins after its fit, which a fit alone never does', async () => {
  const [learning, fitted] = [
    await fit(LENGTH),
    await createForecaster('near').fit(historyAt(LENGTH), { horizon: OPTIONS.horizon, seasonSteps: DAY, seed: 1 }),
  ];
  let own = 0;
  let still = 0;
  for (let end = LENGTH + 1; end < JOB_FROM + 8 * DAY; end++) {
    const forecast = await learning.predict(historyAt(end), OPTIONS);
    if (end > JOB_FROM + 4 * DAY && end % 5 === 0) {
      own += Math.abs(forecast.values[OPTIONS.horizon]! - truth[end]!);
      still += Math.abs((await fitted.predict(historyAt(end), OPTIONS)).values[OPTIONS.horizon]! - truth[end]!);
    }
  }
  assert.ok(own < 0.7 * still, `${String(own)} against ${String(still)}`);
});

test('what was not measured before the first row changes nothing', async () => {
  const gaps = 2 * DAY;
  const { target } = historyAt(LENGTH + 2 * DAY);
  const young = {
    target: {
      grid: { ...target.grid, startSeconds: target.grid.startSeconds + gaps * STEP, length: LENGTH - gaps },
      values: target.values.subarray(gaps),
    },
  };
  const padded = {
    target: { ...target, values: target.values.map((value, row) => (row < gaps ? Number.NaN : value)) },
  };
  const said = [young, padded].map(async (history) => {
    const predictor = await onlineNear().fit(history, { horizon: OPTIONS.horizon, seasonSteps: DAY, seed: 1 });
    return (await predictor.predict(history, OPTIONS)).values;
  });
  assert.deepEqual(await said[0], await said[1]);
});

test('survives a clock that jumps ahead or back, and learns anew before its rows outgrow the history', async () => {
  const predictor = await fit(LENGTH);
  for (const end of [
    LENGTH + 1,
    20 * DAY,
    20 * DAY + 1,
    LENGTH + 3,
    LENGTH + 4,
    5 * DAY,
    9 * DAY,
    12 * DAY,
    30 * DAY,
  ]) {
    const { values, warnings, model } = await predictor.predict(historyAt(end), OPTIONS);
    assert.equal(model, 'near');
    assert.ok(
      values.every((value) => value > 300 && value < 6000),
      `at ${String(end)}: ${values.join(' ')}`
    );
    assert.deepEqual(warnings, []);
  }
});

test('a tail without measurements widens what it says and is told', async () => {
  const predictor = await fit(LENGTH);
  const spread = ({ values }: { readonly values: Float64Array }) => values[2 * OPTIONS.horizon]! - values[0]!;
  const present = await predictor.predict(historyAt(LENGTH + 4), OPTIONS);
  const stale = await predictor.predict(historyAt(LENGTH + 40, 36), OPTIONS);
  assert.match(stale.warnings.join(), /the last measurement is 9h older than the cutoff/);
  assert.ok(spread(stale) > spread(present));
});

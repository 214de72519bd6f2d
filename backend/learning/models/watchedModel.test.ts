import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createForecaster, type History, type LocalModel, type RawForecast } from '../../forecasting/index.ts';
import { nonsenseOf } from './nonsenseOf.ts';
import { watchedModel } from './watchedModel.ts';

const history: History = {
  target: {
    grid: { startSeconds: 0, stepSeconds: 300, length: 96 },
    values: Float64Array.from({ length: 96 }, (_, t) => 10 + (t % 12)),
  },
};
const options = { horizon: 3, seasonSteps: 12, seed: 1 };
const asked = { horizon: 3, levels: [0.1, 0.5, 0.9] };
const raw = (values: readonly number[]): RawForecast => ({
  values: Float64Array.from(values),
  mean: Float64Array.from(values.slice(3, 6)),
  warnings: [],
});
const SENSE = [9, 9, 9, 10, 10, 10, 11, 11, 11];
const saying = (...answers: ReadonlyArray<readonly number[] | Error>): LocalModel => {
  let call = 0;
  return {
    name: 'lstm',
    fit: () => ({
      predict: () => {
        const answer = answers[Math.min(call++, answers.length - 1)]!;
        if (answer instanceof Error) {
          throw answer;
        }
        return raw(answer);
      },
    }),
  };
};

describe('nonsense', () => {
  for (const [title, values, words] of [
    ['what is no number', [9, 9, 9, 10, Number.NaN, 10, 11, 11, 11], /no number/],
    ['what is infinite', [9, 9, 9, 10, 10, 10, 11, 11, Number.POSITIVE_INFINITY], /no number/],
    ['another order of magnitude', [9, 9, 9, 10, 10, 10, 11, 11, 1e6], /1\.00e\+6 where between 10\.0 and 21\.0/],
    ['quantiles that cross', [20, 9, 9, 10, 10, 10, 11, 11, 11], /crossed/],
  ] as ReadonlyArray<readonly [string, readonly number[], RegExp]>) {
    it(`is ${title}`, () => {
      assert.match(nonsenseOf(raw(values), history)!, words);
    });
  }

  it('is not a surprise, a rounding, or anything about a series of which nothing is known', () => {
    assert.equal(nonsenseOf(raw(SENSE.map((value) => 50 * value)), history), undefined);
    assert.equal(nonsenseOf(raw([9, 9, 9, 8.99, 10, 10, 11, 11, 11]), history), undefined);
    const grid = history.target.grid;
    for (const value of [0, Number.NaN]) {
      const flat = { target: { grid, values: new Float64Array(96).fill(value) } };
      assert.equal(nonsenseOf(raw(SENSE), flat), undefined);
    }
  });
});

describe('a watched model', () => {
  it('is as the model while it makes sense', async () => {
    const told: string[] = [];
    const fitted = await watchedModel(saying(SENSE), undefined, (why) => told.push(why)).fit(history, options);
    assert.deepEqual([...(await fitted.predict(history, asked)).values], SENSE);
    assert.deepEqual(told, []);
  });

  it('is benched at the first nonsense, and the last good one forecasts in the same call and from then on', async () => {
    const told: string[] = [];
    const other = SENSE.map((value) => value + 1);
    const watched = watchedModel(saying([...SENSE.slice(0, 8), Number.NaN], SENSE), saying(other), (why) => told.push(why));
    const fitted = await watched.fit(history, options);
    assert.deepEqual([...(await fitted.predict(history, asked)).values], other);
    assert.deepEqual([...(await fitted.predict(history, asked)).values], other);
    assert.deepEqual([...(await (await watched.fit(history, options)).predict(history, asked)).values], other);
    assert.equal(told.length, 1);
  });

  it('fails where nothing stands in, and a forecaster made of it then says what does', async () => {
    const watched = watchedModel(saying([...SENSE.slice(0, 8), Number.NaN]), undefined, () => undefined);
    await assert.rejects(async () => (await watched.fit(history, options)).predict(history, asked), /nothing stands in/);
    const { warnings } = await (await createForecaster('lstm', [watched]).fit(history, options)).predict(history, asked);
    assert.match(warnings.join(), /stand in/);
  });

  it('is not benched for failing', async () => {
    const told: string[] = [];
    const fitted = await watchedModel(saying(new Error('no memory'), SENSE), saying(SENSE), (why) => told.push(why)).fit(
      history,
      options
    );
    await assert.rejects(async () => fitted.predict(history, asked), /no memory/);
    assert.deepEqual([...(await fitted.predict(history, asked)).values], SENSE);
    assert.deepEqual(told, []);
  });
});

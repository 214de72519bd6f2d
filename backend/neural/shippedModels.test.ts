import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { forecasterExam } from '../exams/forecaster.ts';
import { createForecaster, LEARNT_NAMES } from '../forecasting/index.ts';
import { randomNormal, seededRandom } from '../random/index.ts';
import { learntModels } from './index.ts';

const { models, refused } = await learntModels(fileURLToPath(new URL('../../models/', import.meta.url)));

test('what is shipped is whole', () => {
  assert.deepEqual(refused, []);
  assert.deepEqual(
    models.map(({ name }) => name),
    LEARNT_NAMES
  );
});

for (const name of LEARNT_NAMES) {
  forecasterExam(() => createForecaster(name, models), { runs: 25 });
}

test('auto blends the learnt models with others, and says so', async () => {
  const values = Float64Array.from({ length: 2000 }, (_, t) => 50 + 20 * Math.sin((2 * Math.PI * t) / 288) + (t % 5));
  const history = { target: { grid: { startSeconds: 1_790_000_100, stepSeconds: 300, length: 2000 }, values } };
  const predictor = await createForecaster('auto', models).fit(history, { horizon: 48, seed: 1, seasonSteps: 288 });
  const { reason, model } = await predictor.predict(history, { horizon: 48, levels: [0.1, 0.5, 0.9] });
  assert.equal(model, 'auto');
  assert.match(reason ?? '', /lstm \d+ %.*transformer \d+ %|transformer \d+ %.*lstm \d+ %/);
});

for (const name of LEARNT_NAMES) {
  test(`${name}: more of a known driver moves the forecast of what it drives`, async () => {
    const random = seededRandom(6);
    const [length, horizon] = [4000, 96];
    const requests = Float64Array.from(
      { length: length + horizon },
      (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t) / 288) + 15 * Math.sin(t / 17) + 8 * randomNormal(random)
    );
    const cpu = Float64Array.from({ length }, (_, t) => 3 + 0.08 * requests[t]! + 0.1 * randomNormal(random));
    const grid = { startSeconds: 1_790_000_100, stepSeconds: 300, length };
    const medianOf = async (factor: number): Promise<number> => {
      const values = requests.map((value, t) => (t < length ? value : factor * value));
      const known = new Map([['requests', { grid: { ...grid, length: length + horizon }, values }]]);
      const history = { target: { grid, values: cpu }, knownCovariates: known };
      const predictor = await createForecaster(name, models).fit(history, { horizon, seed: 1, seasonSteps: 288 });
      const forecast = await predictor.predict(history, { horizon, levels: [0.5] });
      return forecast.values.subarray(24).reduce((sum, value) => sum + value, 0) / (horizon - 24);
    };
    const [plain, more] = [await medianOf(1), await medianOf(1.2)];
    const expected = 0.2 * 0.08 * 100;
    assert.ok(more - plain > 0.3 * expected && more - plain < 1.5 * expected, `${String(plain)} to ${String(more)}`);
  });
}

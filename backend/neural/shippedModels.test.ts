import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { forecasterExam } from '../exams/forecaster.ts';
import { createForecaster, LEARNT_NAMES } from '../forecasting/index.ts';
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

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecasterExam } from '../../backend/exams/forecaster.ts';
import { guardedForecaster } from '../../backend/forecasting/guardedForecaster.ts';
import { median } from './medianForecaster.example.ts';

forecasterExam(() => guardedForecaster(median), { runs: 20 });

test('the median repeats what is usual at each phase, and a missing measurement is not zero', async () => {
  const values = Float64Array.of(1, 10, 1, 10, Number.NaN, 10, 2, 11);
  const target = { grid: { startSeconds: 0, stepSeconds: 3600, length: values.length }, values };
  const predictor = await guardedForecaster(median).fit({ target }, { horizon: 3, seed: 1, seasonSteps: 2 });
  const forecast = await predictor.predict({ target }, { horizon: 3, levels: [0.5] });
  assert.deepEqual([...forecast.values], [1, 10, 1]);
});

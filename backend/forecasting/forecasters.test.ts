import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecasterExam } from '../exams/forecaster.ts';
import { createForecaster, FORECASTER_NAMES } from './index.ts';

const SLOW: Readonly<Record<string, number>> = { prophet: 8, mstl: 20, ets: 20, auto: 25, near: 15 };

for (const name of FORECASTER_NAMES) {
  forecasterExam(() => createForecaster(name), {
    runs: SLOW[name] ?? 60,
    exceptions:
      name === 'seasonal-naive'
        ? { neverNegative: 'the published definition has normal quantiles, cut off nowhere' }
        : {},
  });
}

test('a model that is not there is refused by name, with those that are', () => {
  for (const name of ['lstm', 'transformer', '', 'toString', '__proto__']) {
    assert.throws(
      () => createForecaster(name),
      (error: Error) =>
        error.message === `There is no model named ${name}` &&
        'code' in error &&
        error.code === 'FORECAST_MODEL_UNKNOWN'
    );
  }
});

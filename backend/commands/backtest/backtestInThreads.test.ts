import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeadroomError } from '../../errors/index.ts';
import type { History } from '../../forecasting/index.ts';
import { backtestInThreads, type ThreadedBacktest } from './backtestInThreads.ts';

const length = 96;
const whole = Float64Array.from({ length: 2 * length }, (_, t) => 10 + Math.sin(t / 4) + (t < length ? 1000 : 0));
/** A part of a larger buffer, as the CSV reader makes them. */
const history: History = {
  target: { grid: { startSeconds: 0, stepSeconds: 3600, length }, values: whole.subarray(length) },
};

function options(models: readonly string[], more: Partial<ThreadedBacktest> = {}): ThreadedBacktest {
  return {
    threadCount: 2,
    data: {
      forecasters: { models, artefacts: undefined },
      plan: { horizon: 4, windowCount: 3, seasonSteps: 24, levels: [0.5], seed: 1 },
      sendsForecasts: true,
    },
    modelNames: models,
    series: new Map([
      ['a', history],
      ['b', history],
    ]),
    signal: new AbortController().signal,
    onMade: () => undefined,
    onForecast: () => undefined,
    ...more,
  };
}

test('forecasts come in the order of models, series and windows', async () => {
  const order: string[] = [];
  await backtestInThreads(
    options(['seasonal-naive', 'naive'], {
      threadCount: 3,
      onForecast: ({ model, series, cutoffSeconds }) => {
        order.push(`${model} ${series} ${String(cutoffSeconds / 3600)}`);
      },
    })
  );
  const windows = (name: string): string[] => [83, 87, 91].map((hour) => `${name} ${String(hour)}`);
  assert.deepEqual(
    order,
    ['seasonal-naive a', 'seasonal-naive b', 'naive a', 'naive b'].flatMap((name) => windows(name))
  );
});

test('an error of a thread comes back with its code', async () => {
  await assert.rejects(
    backtestInThreads(options(['absent'])),
    (error) => error instanceof HeadroomError && error.code === 'FORECAST_MODEL_UNKNOWN' && /absent/.test(error.message)
  );
});

test('an interrupt ends the threads, with its reason', async () => {
  const controller = new AbortController();
  const onMade = (): void => {
    controller.abort(new Error('enough'));
  };
  await assert.rejects(backtestInThreads(options(['auto'], { signal: controller.signal, onMade })), /enough/);
  await assert.rejects(backtestInThreads(options(['naive'], { signal: controller.signal })), /enough/);
});

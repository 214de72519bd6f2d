import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { randomNormal, seededRandom } from '../random/index.ts';
import { guardedForecaster } from './guardedForecaster.ts';
import type { History } from './history.ts';
import { createForecaster, FORECASTER_NAMES, type Forecast } from './index.ts';
import type { LocalModel, RawForecast } from './localModel.ts';

const levels = [0.1, 0.5, 0.9];
const DAY = 24;

function historyOf(values: readonly number[]): History {
  return {
    target: {
      grid: { startSeconds: 0, stepSeconds: 3600, length: values.length },
      values: Float64Array.from(values),
    },
  };
}

/** A model that answers with `raw`, or throws it where it is an error. */
function answering(raw: Partial<RawForecast> | Error): LocalModel {
  return {
    name: 'answering',
    fit: () => ({
      predict(_history, { horizon }) {
        if (raw instanceof Error) {
          throw raw;
        }
        return { values: new Float64Array(3 * horizon), mean: new Float64Array(horizon), warnings: [], ...raw };
      },
    }),
  };
}

async function forecast(model: LocalModel, history: History, horizon = 1): Promise<Forecast> {
  const predictor = await guardedForecaster(model).fit(history, { horizon, seed: 1, seasonSteps: DAY });
  return predictor.predict(history, { horizon, levels });
}

const days = historyOf(Array.from({ length: 5 * DAY }, (_, t) => 10 + (t % DAY)));

test('crossing quantiles are put in order, and cut off at zero where the past never was below', async () => {
  const crossing = answering({ values: Float64Array.of(5, -2, 3), mean: Float64Array.of(-1) });
  const result = await forecast(crossing, days);
  assert.deepEqual([...result.values, ...result.mean], [0, 3, 5, 0]);
  const signed = await forecast(crossing, historyOf([-1, ...days.target.values]));
  assert.deepEqual([...signed.values, ...signed.mean], [-2, 3, 5, -1]);
});

test('where a model fails or says what is no number, the recent past stands in, and it is said', async () => {
  for (const model of [answering(new Error('no luck\n  at x')), answering({ mean: Float64Array.of(Number.NaN) })]) {
    const result = await forecast(model, days);
    assert.ok(result.values.every((value) => value >= 10 && value <= 33));
    assert.match(result.warnings.join(), /^the model (failed \(no luck\)|gave no finite forecast): the quantiles/);
  }
  const unfit: LocalModel = {
    name: 'unfit',
    fit: () => {
      throw new Error('cannot');
    },
  };
  assert.match((await forecast(unfit, days)).warnings.join(), /could not be fitted \(cannot\)/);
});

test('gaps worth knowing are warned of, once', async () => {
  const values = Array.from(days.target.values, (value, t) => (t % 4 === 0 ? Number.NaN : value));
  const { warnings } = await forecast(answering({}), historyOf([...values, Number.NaN, Number.NaN]));
  assert.deepEqual(warnings, [
    "26 % of the history's measurements are missing",
    'the last measurement is 2h older than the cutoff',
  ]);
});

test('an idle start is left out, and said, unless its value comes back or a day has not yet followed', async () => {
  const naive: LocalModel = {
    name: 'first',
    fit: () => ({
      predict: ({ target }) => {
        const first = target.values.find((value) => !Number.isNaN(value))!;
        return { values: new Float64Array(3).fill(first), mean: Float64Array.of(first), warnings: [] };
      },
    }),
  };
  const idle = new Array<number>(3 * DAY).fill(0);
  const busy = Array.from({ length: 2 * DAY }, (_, t) => 5 + t);
  const started = await forecast(naive, historyOf([...idle, ...busy]));
  assert.equal(started.mean[0], 5);
  assert.match(started.warnings.join(), /the first 3d are all 0 and were left out as before the service began/);
  const backAgain = await forecast(naive, historyOf([...idle, ...busy.map((value, t) => (t % 3 === 0 ? 0 : value))]));
  assert.equal(backAgain.mean[0], 0);
  assert.equal((await forecast(naive, historyOf([...idle, ...busy.slice(0, 20)]))).mean[0], 0);
});

test('a quantile a hair above where the series rests is where it rests', async () => {
  const resting = historyOf(Array.from({ length: 5 * DAY }, (_, t) => (t % 3 === 0 ? 10 + (t % 5) : 2)));
  const quantiles = answering({ values: Float64Array.of(1.9, 2.2, 3) });
  assert.deepEqual([...(await forecast(quantiles, resting)).values], [2, 2, 3]);
  assert.deepEqual([...(await forecast(quantiles, days)).values], [1.9, 2.2, 3]);
});

test('with less than two days and no season given, none is presumed known, and it is said', async () => {
  const random = seededRandom(1);
  const history = historyOf(Array.from({ length: 30 }, () => 100 + 10 * randomNormal(random)));
  for (const name of ['cycles', 'auto', 'seasonal-naive']) {
    const predictor = await createForecaster(name).fit(history, { horizon: DAY, seed: 1 });
    const { warnings } = await predictor.predict(history, { horizon: DAY, levels });
    assert.match(warnings.join(), /the history of 1d6h is shorter than two seasons of 1d: .* wider quantiles/, name);
  }
});

test('a measurement that cannot be true is left out, and said', async () => {
  const values = [...days.target.values];
  values[50] = 1e300;
  values[60] = Number.POSITIVE_INFINITY;
  const predictor = await createForecaster('cycles').fit(historyOf(values), {
    horizon: DAY,
    seed: 1,
    seasonSteps: DAY,
  });
  const result = await predictor.predict(historyOf(values), { horizon: DAY, levels });
  assert.ok(result.values.every((value) => value < 100));
  assert.match(result.warnings.join(), /2 measurements were too far from all others to be true/);
});

test('forecasts scale with the unit of the history, whatever its size', async () => {
  const forecastAt = async (unit: number): Promise<Float64Array> => {
    const history = historyOf(Array.from({ length: 8 * DAY }, (_, t) => (50 + (t % DAY) + ((t * 7) % 5)) * unit));
    const predictor = await createForecaster('auto').fit(history, { horizon: DAY, seed: 1, seasonSteps: DAY });
    return (await predictor.predict(history, { horizon: DAY, levels })).values;
  };
  const plain = await forecastAt(1);
  for (const unit of [2 ** 1000, 2 ** -1000, 2 ** 20]) {
    (await forecastAt(unit)).forEach((value, cell) => {
      assert.ok(Math.abs(value / unit / plain[cell]! - 1) < 1e-9, `unit ${String(unit)}`);
    });
  }
});

test('every forecaster works in a worker thread as it does here', async () => {
  const values = Array.from({ length: 6 * DAY }, (_, t) => 10 + (t % DAY) + ((t * 7) % 5));
  const script = `
    import { parentPort, workerData } from 'node:worker_threads';
    const { createForecaster, FORECASTER_NAMES } = await import(workerData.room);
    const target = { grid: { startSeconds: 0, stepSeconds: 3600, length: workerData.values.length }, values: Float64Array.from(workerData.values) };
    const results = {};
    for (const name of FORECASTER_NAMES) {
      const predictor = await createForecaster(name).fit({ target }, { horizon: 24, seed: 1, seasonSteps: 24 });
      results[name] = (await predictor.predict({ target }, { horizon: 24, levels: [0.1, 0.5, 0.9] })).values;
    }
    parentPort.postMessage(results);`;
  const room = new URL('./index.ts', import.meta.url).href;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), {
    workerData: { room, values },
  });
  const results = await new Promise<Record<string, Float64Array>>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  for (const name of FORECASTER_NAMES) {
    const predictor = await createForecaster(name).fit(historyOf(values), { horizon: DAY, seed: 1, seasonSteps: DAY });
    const here = await predictor.predict(historyOf(values), { horizon: DAY, levels });
    assert.deepEqual(results[name], here.values, name);
  }
});

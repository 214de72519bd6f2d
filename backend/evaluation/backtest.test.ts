import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createForecaster, type Forecaster, type History } from '../forecasting/index.ts';
import { randomNormal, seededRandom } from '../random/index.ts';
import { backtest, backtestWindows, type BacktestForecast, type BacktestOptions } from './index.ts';

const LEVELS = [0.1, 0.5, 0.9];

function historyOf(values: Float64Array): History {
  return { target: { grid: { startSeconds: 3600, stepSeconds: 3600, length: values.length }, values } };
}

function noisyDays(length: number, seed: number): History {
  const random = seededRandom(seed);
  return historyOf(
    Float64Array.from({ length }, (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t) / 24) + 5 * randomNormal(random))
  );
}

function unseasonedOptions(series: History, model: Forecaster): BacktestOptions {
  return {
    series: new Map([['a', series]]),
    models: [model],
    horizon: 24,
    windowCount: 3,
    levels: LEVELS,
    seed: 1,
    monotonicSeconds: () => 0,
    signal: new AbortController().signal,
  };
}

function optionsFor(series: History, model: Forecaster, more: Partial<BacktestOptions> = {}): BacktestOptions {
  return { ...unseasonedOptions(series, model), seasonSteps: 24, ...more };
}

/** A forecaster that says what `say` says of the history it was given, for every level and step. */
function saying(say: (history: History) => number): Forecaster {
  return {
    name: 'saying',
    fit: () => ({
      name: 'saying',
      predict: (history, { horizon, levels }) => ({
        grid: history.target.grid,
        levels,
        values: new Float64Array(levels.length * horizon).fill(say(history)),
        mean: new Float64Array(horizon),
        model: 'saying',
        warnings: [],
      }),
    }),
  };
}

test('windows are the last of the series, a horizon apart unless told, and each leaves its whole horizon', () => {
  assert.deepEqual(backtestWindows({ length: 100, horizon: 10, windowCount: 3 }), [70, 80, 90]);
  assert.deepEqual(backtestWindows({ length: 100, horizon: 10, windowCount: 3, stride: 4 }), [82, 86, 90]);
  assert.deepEqual(backtestWindows({ length: 100, horizon: 10, windowCount: 2, lastKnown: 50 }), [40, 50]);
  assert.deepEqual(backtestWindows({ length: 100, horizon: 10, windowCount: 1, lastKnown: 99 }), [90]);
  assert.throws(() => backtestWindows({ length: 30, horizon: 10, windowCount: 3 }), {
    code: 'BACKTEST_TOO_SHORT',
    message: 'A series of 30 steps is too short for 3 windows with a horizon of 10: they need 31',
  });
});

test('no window sees past its cutoff: a history ends there, and its covariates where they may', async () => {
  const values = Float64Array.from({ length: 200 }, (_, t) => t);
  const lane = { grid: historyOf(values).target.grid, values };
  const history: History = {
    ...historyOf(values),
    pastCovariates: new Map([['p', lane]]),
    knownCovariates: new Map([['k', lane]]),
  };
  const seen: number[][] = [];
  const spy = saying((given) => {
    seen.push([
      given.target.values.at(-1)!,
      given.pastCovariates!.get('p')!.values.at(-1)!,
      given.knownCovariates!.get('k')!.values.at(-1)!,
    ]);
    return 0;
  });
  await backtest(optionsFor(history, spy));
  assert.deepEqual(seen, [
    [127, 127, 151],
    [151, 151, 175],
    [175, 175, 199],
  ]);
});

for (const name of ['seasonal-naive', 'theta', 'rolling-quantile', 'cycles', 'auto']) {
  test(`nothing after a cutoff changes a forecast of ${name}`, async () => {
    const history = noisyDays(15 * 24, 4);
    const collect = async (given: History): Promise<BacktestForecast[]> => {
      const forecasts: BacktestForecast[] = [];
      const onForecast = (forecast: BacktestForecast): void => {
        forecasts.push(forecast);
      };
      await backtest(optionsFor(given, createForecaster(name), { onForecast }));
      return forecasts;
    };
    const expected = await collect(history);
    for (let window = 0; window < 3; window++) {
      const known = history.target.values.length - (3 - window) * 24;
      const changed = history.target.values.map((value, t) => (t < known ? value : 1e4 - 3 * value));
      const forecasts = await collect(historyOf(changed));
      assert.deepEqual(forecasts.slice(0, window + 1), expected.slice(0, window + 1));
    }
  });
}

test('a forecast of the truth has no error, and one of the median of a constant distance has that error', async () => {
  const values = Float64Array.from({ length: 240 }, (_, t) => 10 + (t % 24) + Math.floor(t / 24));
  const [perfect] = await backtest(
    optionsFor(
      historyOf(new Float64Array(240).fill(7)),
      saying(() => 7)
    )
  );
  assert.deepEqual(
    [perfect!.crps, perfect!.wql, perfect!.nd, perfect!.coverage['0.8'], perfect!.mase],
    [0, 0, 0, 1, undefined]
  );
  const [naive] = await backtest(optionsFor(historyOf(values), createForecaster('seasonal-naive')));
  assert.equal(naive!.mase, 1);
});

test('scores are pooled over series, missing truths left out', async () => {
  const truths = [4, Number.NaN, 8];
  const series = new Map(truths.map((truth, index) => [String(index), historyOf(new Float64Array(60).fill(truth))]));
  const [scores] = await backtest({
    ...optionsFor(
      series.get('0')!,
      saying(() => 6)
    ),
    series,
    windowCount: 1,
  });
  assert.ok(Math.abs(scores!.nd! - (24 * 2 + 24 * 2) / (24 * 12)) < 1e-12);
  assert.deepEqual(
    scores!.perSeries.map(({ nd }) => nd),
    [0.5, undefined, 0.25]
  );
  assert.deepEqual(scores!.coverage, { '0.8': 0, '0.6': 0, '0.4': 0, '0.2': 0 });
});

test('a past without a measurement is forecast as zero', async () => {
  const values = new Float64Array(60).fill(Number.NaN).fill(5, 40);
  const [scores] = await backtest(optionsFor(historyOf(values), createForecaster('cycles'), { windowCount: 1 }));
  assert.equal(scores!.nd, 1);
});

test('levels beyond the deciles count for wql alone', async () => {
  const levels = [0.05, 0.5, 0.95];
  const forecasts: BacktestForecast[] = [];
  const [scores] = await backtest(
    optionsFor(noisyDays(480, 9), createForecaster('seasonal-naive'), {
      levels,
      onForecast: (forecast) => void forecasts.push(forecast),
    })
  );
  const [plain] = await backtest(optionsFor(noisyDays(480, 9), createForecaster('seasonal-naive')));
  assert.equal(scores!.crps, plain!.crps);
  assert.notEqual(scores!.wql, plain!.wql);
  assert.ok(scores!.coverage['0.9']! >= scores!.coverage['0.8']!);
  assert.deepEqual(forecasts[0]!.levels, levels);
  assert.equal(forecasts[0]!.values.length, 72);
  assert.equal(forecasts[0]!.cutoffSeconds, 3600 * (480 - 72));
});

test('each series has its own season where none is given, found before the first window', async () => {
  const changed = noisyDays(480, 2);
  changed.target.values.fill(1, 480 - 72);
  const options = unseasonedOptions(noisyDays(480, 2), createForecaster('seasonal-naive'));
  const [first] = await backtest(options);
  assert.equal(first!.perSeries[0]!.seasonSteps, 24);
  const [second] = await backtest({ ...options, series: new Map([['a', changed]]) });
  assert.equal(second!.perSeries[0]!.seasonSteps, 24);
});

test('an aborted backtest stops with the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('stop');
  const onForecast = (): void => {
    controller.abort(reason);
  };
  const options = optionsFor(noisyDays(480, 1), createForecaster('naive'), { signal: controller.signal, onForecast });
  await assert.rejects(backtest(options), reason);
});

test('reporting takes no time from the forecasts', async () => {
  let now = 0;
  const slow = saying(() => ((now += 2), 1));
  const [scores] = await backtest(
    optionsFor(noisyDays(480, 1), slow, { monotonicSeconds: () => now, onForecast: () => void (now += 100) })
  );
  assert.equal(scores!.secondsPerForecast, 2);
});

test('the share inside the band is what the truths say, for any truths', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 10, maxLength: 10 }),
      async (truths) => {
        const values = Float64Array.from([...new Array<number>(20).fill(0), ...truths]);
        const options = optionsFor(
          historyOf(values),
          saying(() => 1),
          { horizon: 10, windowCount: 1, seasonSteps: 1 }
        );
        const [scores] = await backtest(options);
        assert.equal(scores!.coverage['0.8'], truths.filter((truth) => truth === 1).length / 10);
      }
    )
  ));

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { HeadroomError, type ErrorCode } from '../errors/index.ts';
import { PUBLISHED_LEVELS, type Forecast, type Forecaster, type History } from '../forecasting/index.ts';
import { randomNormal, seededRandom } from '../random/index.ts';
import { gridAfter } from '../timeseries/index.ts';

/** Questions that an implementation is let off, each with its reason. */
export type ForecasterExceptions = Readonly<Partial<Record<'neverNegative', string>>>;

const START = 1_790_000_100;
const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The exam that every Forecaster sits; `runs` histories for each question. */
export function forecasterExam(
  create: () => Forecaster,
  { runs = 40, exceptions = {} }: { readonly runs?: number; readonly exceptions?: ForecasterExceptions } = {}
): void {
  const { name } = create();
  const forecast = async (
    history: History,
    horizon: number,
    levels: readonly number[] = DECILES,
    season?: number
  ): Promise<Forecast> => {
    const options = { horizon, seed: 7, ...(season === undefined ? {} : { seasonSteps: season }) };
    const predictor = await create().fit(history, options);
    return predictor.predict(history, { horizon, levels });
  };

  describe(`${name} as a Forecaster`, () => {
    test('gives a finite, ascending forecast right after any history, whatever its gaps', () =>
      fc.assert(
        fc.asyncProperty(anyCase(), async ({ history, horizon, season }) => {
          const result = await forecast(history, horizon, DECILES, season);
          assertInOrder(result, history, horizon, DECILES);
          assert.equal(result.model, name);
        }),
        { numRuns: runs }
      ));

    test(
      'gives nothing below zero where the past never was',
      exceptions.neverNegative === undefined ? {} : { skip: exceptions.neverNegative },
      () =>
        fc.assert(
          fc.asyncProperty(anyCase(), async ({ history, horizon, season }) => {
            const values = history.target.values.map(Math.abs);
            const result = await forecast({ target: { ...history.target, values } }, horizon, [0.01, 0.5], season);
            assert.ok(result.values.every((value) => value >= 0) && result.mean.every((value) => value >= 0));
          }),
          { numRuns: runs }
        )
    );

    test('is the same to the bit for the same history and seed', () =>
      fc.assert(
        fc.asyncProperty(anyCase(), async ({ history, horizon, season }) => {
          const first = await forecast(history, horizon, DECILES, season);
          assert.deepEqual(await forecast(history, horizon, DECILES, season), first);
        }),
        { numRuns: Math.ceil(runs / 2) }
      ));

    test('sees nothing after the cutoff, and leaves what it reads as it was', () =>
      fc.assert(
        fc.asyncProperty(anyCase(), fc.double(), async ({ history, horizon, season }, later) => {
          const { grid, values } = history.target;
          const buffer = new Float64Array(values.length + 50).fill(later);
          buffer.set(values);
          const target = { grid, values: buffer.subarray(0, values.length) };
          const expected = await forecast(history, horizon, DECILES, season);
          assert.deepEqual(await forecast({ target }, horizon, DECILES, season), expected);
          assert.deepEqual(target.values, values);
          assert.ok(buffer.subarray(values.length).every((value) => Object.is(value, later)));
        }),
        { numRuns: Math.ceil(runs / 2) }
      ));

    test('fitted on one day it forecasts from the next', async () => {
      const whole = daily(12 * 24, 3600, 5);
      const part: History = { target: seriesOf(whole.target.values.subarray(0, 10 * 24), 3600) };
      const predictor = await create().fit(part, { horizon: 24, seed: 1 });
      const result = await predictor.predict(whole, { horizon: 24, levels: DECILES });
      assertInOrder(result, whole, 24, DECILES);
      const older = await predictor.predict(part, { horizon: 24, levels: DECILES });
      assertInOrder(older, part, 24, DECILES);
    });

    test('gives any levels and the longest horizons', async () => {
      const history = daily(4 * 288, 300, 3);
      for (const horizon of [1, 2, 288, 900]) {
        assertInOrder(await forecast(history, horizon, PUBLISHED_LEVELS), history, horizon, PUBLISHED_LEVELS);
      }
      const levels = [1e-6, 0.123, 1 - 1e-6];
      assertInOrder(await forecast(history, 12, levels), history, 12, levels);
    });

    for (const [title, values] of Object.entries(HOSTILE)) {
      test(`bears ${title}`, async () => {
        const history: History = { target: seriesOf(Float64Array.from(values), 300) };
        for (const season of [undefined, 1, 12]) {
          assertInOrder(await forecast(history, 30, PUBLISHED_LEVELS, season), history, 30, PUBLISHED_LEVELS);
        }
      });
    }

    test('a history without a measurement is FORECAST_HISTORY_EMPTY', async () => {
      for (const length of [0, 1, 50]) {
        const empty: History = { target: seriesOf(new Float64Array(length).fill(Number.NaN), 300) };
        await rejectsWith('FORECAST_HISTORY_EMPTY', forecast(empty, 5));
        const predictor = await create().fit(daily(72, 3600, 1), { horizon: 5, seed: 1 });
        await rejectsWith('FORECAST_HISTORY_EMPTY', promise(predictor.predict(empty, { horizon: 5, levels: [0.5] })));
      }
    });

    test('impossible options are coded errors', async () => {
      const history = daily(72, 3600, 1);
      for (const horizon of [0, -1, 1.5, Number.NaN, 1e9]) {
        await rejectsWith('FORECAST_HORIZON_INVALID', forecast(history, horizon));
      }
      for (const levels of [[], [0], [1], [0.5, 0.5], [0.9, 0.1], [Number.NaN]]) {
        await rejectsWith('FORECAST_LEVELS_INVALID', forecast(history, 5, levels));
      }
      for (const season of [0, -3, 1.5]) {
        await rejectsWith('FORECAST_SEASON_INVALID', forecast(history, 5, [0.5], season));
      }
    });
  });
}

const HOSTILE: Readonly<Record<string, readonly number[]>> = {
  'one measurement': [3],
  'two measurements': [3, 5],
  'a constant': Array.from({ length: 200 }, () => 7),
  'nothing but zero': Array.from({ length: 200 }, () => 0),
  'a long gap and one measurement': [...Array.from({ length: 150 }, () => Number.NaN), 4],
  'one measurement and a long gap': [4, ...Array.from({ length: 150 }, () => Number.NaN)],
  'a step from nothing': Array.from({ length: 200 }, (_, t) => (t < 150 ? 0 : 1000)),
  'numbers near the largest': Array.from({ length: 200 }, (_, t) => (t % 12 < 6 ? 1 : -1) * 1.7e308),
  'numbers of 1e300': Array.from({ length: 200 }, (_, t) => 1e300 * (1 + (t % 12))),
  'numbers near the smallest': Array.from({ length: 200 }, (_, t) => 5e-324 * (t % 12)),
  'a spike of 1e300 among tens': Array.from({ length: 200 }, (_, t) => (t === 120 ? 1e300 : 10 + (t % 12))),
  'a spike at the end': Array.from({ length: 200 }, (_, t) => (t === 199 ? 1e6 : 10 + (t % 12))),
  'two states': Array.from({ length: 200 }, (_, t) => (t % 37 < 18 ? 0.1 : 99)),
};

function promise<T>(value: T | Promise<T>): Promise<T> {
  return Promise.resolve(value);
}

async function rejectsWith(code: ErrorCode, result: Promise<unknown>): Promise<void> {
  await assert.rejects(result, (error: unknown) => error instanceof HeadroomError && error.code === code);
}

function seriesOf(values: Float64Array, stepSeconds: number): History['target'] {
  return { grid: { startSeconds: START, stepSeconds, length: values.length }, values };
}

/** Days with noise, at `stepSeconds`. */
function daily(length: number, stepSeconds: number, seed: number): History {
  const random = seededRandom(seed);
  const values = Float64Array.from(
    { length },
    (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t * stepSeconds) / 86_400) + 5 * randomNormal(random)
  );
  return { target: seriesOf(values, stepSeconds) };
}

function assertInOrder(result: Forecast, history: History, horizon: number, levels: readonly number[]): void {
  assert.deepEqual(result.grid, gridAfter(history.target.grid, horizon));
  assert.deepEqual(result.levels, levels);
  assert.equal(result.values.length, levels.length * horizon);
  assert.equal(result.mean.length, horizon);
  assert.ok(result.values.every(Number.isFinite), 'a quantile is not finite');
  assert.ok(result.mean.every(Number.isFinite), 'a mean is not finite');
  for (let cell = horizon; cell < result.values.length; cell++) {
    assert.ok(result.values[cell]! >= result.values[cell - horizon]!, `quantiles cross in cell ${String(cell)}`);
  }
}

interface Case {
  readonly history: History;
  readonly horizon: number;
  readonly season: number | undefined;
}

function anyCase(): fc.Arbitrary<Case> {
  return fc
    .record({
      seed: fc.nat(1e6),
      length: fc.integer({ min: 1, max: 400 }),
      stepSeconds: fc.constantFrom(10, 300, 3600, 86_400),
      season: fc.constantFrom(undefined, 1, 7, 24, 60),
      horizon: fc.oneof(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 900 })),
      level: fc.constantFrom(-50, 0, 1, 1e6),
      noise: fc.constantFrom(0, 1, 30),
      trend: fc.constantFrom(-0.1, 0, 0.5),
      jump: fc.constantFrom(0, 0, 200),
      missingShare: fc.constantFrom(0, 0, 0.1, 0.7),
    })
    .map(({ seed, length, stepSeconds, season, horizon, level, noise, trend, jump, missingShare }) => {
      const random = seededRandom(seed);
      const cycle = season ?? 24;
      const values = Float64Array.from({ length }, (_, t) => {
        const value =
          level +
          10 * Math.sin((2 * Math.PI * t) / cycle) +
          noise * randomNormal(random) +
          trend * t +
          (2 * t > length ? jump : 0);
        return random() < missingShare ? Number.NaN : value;
      });
      values[Math.floor(random() * length)] = level;
      return { history: { target: seriesOf(values, stepSeconds) }, horizon, season };
    });
}

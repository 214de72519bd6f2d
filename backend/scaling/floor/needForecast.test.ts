import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { nearFloors } from '../../replay/nearFloors.ts';
import { replayClock } from '../../replay/replayClock.ts';
import type { ReplayService } from '../../replay/index.ts';
import { gridEnd, seriesSlice, type Series } from '../../timeseries/index.ts';
import { needForecast, type NeedForecastOptions } from './needForecast.ts';

const STEP = 60;
const START = 1_790_000_100;
const OPTIONS: NeedForecastOptions = { perReplica: 50, min: 1, max: 100, decisionLead: 6, windowRows: 3, horizon: 6 };

function requests(length: number, seed: number, startSeconds = START): Series {
  const random = seededRandom(seed);
  return {
    grid: { startSeconds, stepSeconds: STEP, length },
    values: Float64Array.from({ length }, (_, t) => {
      const day = 1 + 0.6 * Math.sin((2 * Math.PI * t * STEP) / 86_400);
      return t % 97 === 50 ? Number.NaN : 900 * day * Math.exp(0.05 * randomNormal(random));
    }),
  };
}

test('asks for what the floor of the replay asks for, to the bit', () => {
  const trace = requests(2 * 1440, 5);
  const service: ReplayService = {
    perReplica: 50,
    startSeconds: 180,
    drainSeconds: 30,
    metricLagSeconds: 30,
    min: 1,
    max: 100,
    hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 60, downStabilizationSeconds: 300 },
    risk: 0.05,
  };
  const risks = [0.1, 0.01];
  const clock = replayClock(trace, 1440, service);
  const forecasting = nearFloors(trace, clock, service, risks);
  let next = forecasting.next();
  while (next.done !== true) {
    next = forecasting.next();
  }
  const floors = next.value;
  const ours = needForecast(OPTIONS);
  for (let known = Math.max(1, clock.knownAt(0)); known <= trace.values.length; known++) {
    if (Number.isNaN(trace.values[known - 1])) {
      continue;
    }
    const seen = seriesSlice(trace, 0, known);
    ours.learn(seen);
    const needs = ours.after(gridEnd(seen.grid), risks)!;
    risks.forEach((_, risk) => {
      const theirs = Array.from({ length: 6 }, (__, lead) => floors.at(known, lead + 1, risk));
      assert.deepEqual([...needs[risk]!.replicas], theirs, `after ${String(known)} rows`);
    });
  }
});

test('a larger risk never asks for more, and all of it lies within the limits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 40 }), (seed, max) => {
      const series = requests(600, seed);
      const forecast = needForecast({ ...OPTIONS, max });
      forecast.learn(series);
      const needs = forecast.after(gridEnd(series.grid), [0.001, 0.01, 0.1, 0.5])!;
      needs.forEach(({ replicas, shortfall }, risk) => {
        replicas.forEach((count, lead) => {
          assert.ok(count >= 1 && count <= max);
          assert.ok(shortfall[lead]! >= 0 && shortfall[lead]! <= 1);
          assert.ok(risk === 0 || count <= needs[risk - 1]!.replicas[lead]!);
        });
      });
    }),
    { numRuns: 20 }
  );
});

test('says nothing before it has learnt something', () => {
  const forecast = needForecast(OPTIONS);
  assert.equal(forecast.after(START, [0.01]), undefined);
  forecast.learn({
    grid: { startSeconds: START, stepSeconds: STEP, length: 90 },
    values: new Float64Array(90).fill(NaN),
  });
  assert.equal(forecast.after(START, [0.01]), undefined);
  forecast.learn(requests(5, 1));
  assert.equal(forecast.after(START + 5 * STEP, [0.01]), undefined);
});

test('what is missing at the end is a longer way ahead, not a zero', () => {
  const whole = requests(900, 3);
  const forecast = needForecast(OPTIONS);
  forecast.learn(whole);
  const late: Series = {
    grid: { ...whole.grid, length: 903 },
    values: Float64Array.from({ length: 903 }, (_, row) => whole.values[row] ?? Number.NaN),
  };
  const before = forecast.after(gridEnd(whole.grid), [0.01])![0]!.replicas;
  forecast.learn(late);
  const after = forecast.after(gridEnd(late.grid), [0.01])![0]!.replicas;
  assert.deepEqual([...after.subarray(0, 3)], [...before.subarray(3, 6)]);
});

test('a service younger than the history that is kept is told from what it did, not from what was before it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 3000 }), (seed, gaps) => {
      const young = requests(700, seed);
      const padded: Series = {
        grid: { startSeconds: START - gaps * STEP, stepSeconds: STEP, length: 700 + gaps },
        values: Float64Array.from({ length: 700 + gaps }, (_, row) => young.values[row - gaps] ?? Number.NaN),
      };
      const [one, other] = [young, padded].map((series) => {
        const forecast = needForecast(OPTIONS);
        forecast.learn(series);
        return forecast.after(gridEnd(series.grid), [0.01]);
      });
      assert.deepEqual(one, other);
    }),
    { numRuns: 10 }
  );
});

test('takes a window that moves on, a clock set back and a hole, and goes on', () => {
  const forecast = needForecast(OPTIONS);
  for (const startSeconds of [START, START + 300 * STEP, START + 320 * STEP, START - 86_400, START + 9e7]) {
    const series = requests(600, 2, startSeconds);
    forecast.learn(series);
    const [needs] = forecast.after(gridEnd(series.grid), [0.01])!;
    assert.ok(
      needs!.replicas.every((count) => count >= 5 && count <= 60),
      [...needs!.replicas].join(' ')
    );
  }
});

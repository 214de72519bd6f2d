import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../../random/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { dayBootstrap } from './dayBootstrap.ts';
import { periodEnd, periodStart, reckonDay, summarizeKpis, type DayInput, type KpiDay } from './index.ts';
import { seasonalFloors } from './seasonalFloors.ts';

const DAY = 86_400;
const STEP = 300;
const STEPS = DAY / STEP;
const START = 20_000 * DAY;
const SERVICE = {
  perReplica: 10,
  startSeconds: 180,
  drainSeconds: 30,
  metricLagSeconds: 30,
  min: 1,
  max: 100,
  hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 15, downStabilizationSeconds: 300 },
  risk: 0.01,
};

function series(days: number, valueAt: (step: number) => number): Series {
  const length = days * STEPS;
  return {
    grid: { startSeconds: START, stepSeconds: STEP, length },
    values: Float64Array.from({ length }, (_, step) => valueAt(step)),
  };
}

const wave = (step: number): number => 60 + 40 * Math.sin((2 * Math.PI * step) / STEPS);

function input(over: Partial<DayInput> = {}): DayInput {
  return {
    ...{ workload: 'checkout', account: 'acme', tier: 'gold', daySeconds: START + 3 * DAY },
    ...{ replicaHour: 0.1, violationMinute: 1, currency: 'USD', isActedOn: false },
    demand: series(5, wave),
    replicas: series(5, () => 12),
    service: SERVICE,
    recommendedFloor: () => 11,
    ...over,
  };
}

function reckoned(over?: Partial<DayInput>): KpiDay | undefined {
  const reckoning = reckonDay(input(over));
  for (let next = reckoning.next(); ; next = reckoning.next()) {
    if (next.done === true) {
      return next.value;
    }
  }
}

describe('the figures of a day', () => {
  it('are those of what was measured, beside the reactive autoscaler, seasonal-naive and the forecasts', () => {
    const day = reckoned()!;
    assert.deepEqual([day.expectedSteps, day.measuredSteps], [288, 288]);
    assert.equal(day.actual.replicaHours, 12 * 24);
    assert.equal(day.actual.violationMinutes, 0);
    assert.ok(Math.abs(day.usedReplicaHours - 6 * 24) < 1e-6);
    // At 70 % the reactive one holds more than what is used, and less than the most all day.
    assert.ok(day.reactive.replicaHours > 6 * 24 && day.reactive.replicaHours < 15 * 24);
    assert.ok(day.forecast!.replicaHours >= 11 * 24);
    assert.ok(day.seasonal!.replicaHours >= day.reactive.replicaHours);
    assert.equal(day.slo, null);
  });

  it('count no step that lacks demand or replicas, for none of the ways of scaling', () => {
    const half = series(5, (step) => (step % STEPS < STEPS / 2 ? Number.NaN : wave(step)));
    const day = reckoned({ demand: half })!;
    assert.equal(day.measuredSteps, 144);
    assert.equal(day.actual.replicaHours, 12 * 12);
    assert.ok(day.reactive.replicaHours < 15 * 12);
    assert.equal(reckoned({ demand: series(5, () => Number.NaN) }), undefined);
    assert.equal(reckoned({ replicas: series(5, () => Number.NaN) }), undefined);
    assert.equal(reckoned({ daySeconds: START + 9 * DAY }), undefined);
  });

  it('look at nothing after the day, and give no credit for what was not foreseen', () => {
    const other = series(5, (step) => (step >= 4 * STEPS ? 1e6 : wave(step)));
    assert.deepEqual(reckoned({ demand: other }), reckoned());
    const day = reckoned({ recommendedFloor: (at) => (at < START + 3.5 * DAY ? 11 : Number.NaN) })!;
    assert.equal(day.forecast, null);
    assert.equal(reckoned({ daySeconds: START + DAY })!.seasonal, null);
  });

  it('tell SLO attainment only where latency and errors are both measured', () => {
    const latency = { series: series(5, (step) => (step % 4 === 0 ? 0.5 : 0.1)), most: 0.25 };
    const errors = { series: series(5, (step) => (step % STEPS === 1 ? Number.NaN : 0)), most: 0.01 };
    assert.equal(reckoned({ latency })!.slo, null);
    assert.deepEqual(reckoned({ latency, errors })!.slo, { measuredSteps: 287, metSteps: 215 });
  });

  it('count a step in which demand lies above what the replicas serve as violated', () => {
    const day = reckoned({ replicas: series(5, () => 8) })!;
    const short = Array.from({ length: STEPS }, (_, step) => wave(step)).filter((value) => value > 80 + 1e-6).length;
    assert.equal(day.actual.violationMinutes, short * 5);
  });
});

describe('the floor of the seasonal-naive forecast', () => {
  it('covers the day before, with what it erred by, and knows nothing of the day itself', () => {
    const { values, grid } = series(4, wave);
    const floors = seasonalFloors({ grid, values }, 3 * STEPS, SERVICE)!;
    for (let row = 3 * STEPS; row < 4 * STEPS; row++) {
      assert.ok(floors[row]! >= Math.ceil(wave(row) / 10 - 1e-6));
    }
    const changed = values.map((value, row) => (row >= 3 * STEPS ? 999 : value));
    assert.deepEqual(seasonalFloors({ grid, values: changed }, 3 * STEPS, SERVICE), floors);
    assert.equal(seasonalFloors({ grid, values }, STEPS, SERVICE), undefined);
  });
});

const aDay = (over: Partial<KpiDay> = {}): KpiDay => ({ ...reckoned()!, ...over });
const run = (replicaHours: number, violationMinutes = 0) => ({ replicaHours, violationMinutes });

describe('the summary of days', () => {
  const month = Array.from({ length: 30 }, (_, index) =>
    aDay({
      daySeconds: START + index * DAY,
      actual: run(200 + (index % 5)),
      reactive: run(260 + ((index * 7) % 11), index % 3),
    })
  );

  it('adds up, and says how sure it is from a week on', () => {
    const all = summarizeKpis(month, 1)!;
    const saved = month.reduce((sum, { actual, reactive }) => sum + reactive.replicaHours - actual.replicaHours, 0);
    assert.ok(Math.abs(all.savings.replicaHours.value - saved) < 1e-9);
    assert.ok(all.savings.replicaHours.low! < saved && saved < all.savings.replicaHours.high!);
    assert.equal(all.savings.violationMinutes.value, 30);
    assert.ok(Math.abs(all.savings.cost!.value - (saved * 0.1 + 30)) < 1e-9);
    assert.deepEqual(summarizeKpis(month, 1), all);
    const few = summarizeKpis(month.slice(0, 6), 1)!;
    assert.deepEqual([few.savings.cost!.low, few.savings.cost!.high], [null, null]);
    assert.equal(summarizeKpis([], 1), undefined);
  });

  it('never makes zero of what is missing', () => {
    const half = summarizeKpis([aDay({ measuredSteps: 144 })], 1)!;
    assert.equal(half.missingShare, 0.5);
    const bare = summarizeKpis([aDay({ replicaHour: null, seasonal: null, forecast: null })], 1)!;
    assert.deepEqual([bare.cost, bare.savings.cost, bare.sloAttainment], [null, null, null]);
    assert.deepEqual(bare.forecastValue, { againstSeasonal: null, againstNone: null });
    const mixed = summarizeKpis([aDay(), aDay({ currency: 'EUR' })], 1)!;
    assert.deepEqual([mixed.cost, mixed.currency, mixed.savings.cost], [null, null, null]);
    assert.equal(summarizeKpis([aDay({ actual: run(0) })], 1)!.utilization, null);
  });

  it('is the same however the days are ordered', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(month, { minLength: 30, maxLength: 30 }), (shuffled) => {
        const [one, other] = [summarizeKpis(shuffled, 5)!, summarizeKpis(month, 5)!];
        assert.ok(Math.abs(one.savings.cost!.low! - other.savings.cost!.low!) < 1e-6);
      }),
      { numRuns: 10 }
    );
  });
});

describe('the bootstrap over days', () => {
  it('covers the true sum about as often as it says, though days follow each other', () => {
    const random = seededRandom(4);
    let covered = 0;
    for (let test = 0; test < 300; test++) {
      let level = 0;
      const days = Array.from({ length: 60 }, () => {
        level = 0.3 * level + (random() - 0.5);
        return 5 + level;
      });
      const { low, high } = dayBootstrap(days, random);
      covered += low! <= 300 && 300 <= high! ? 1 : 0;
    }
    assert.ok(covered / 300 > 0.86 && covered / 300 < 0.99, String(covered / 300));
  });
});

describe('periods', () => {
  it('hold each instant once: days, weeks from Monday on, months', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), fc.constantFrom('day', 'week', 'month'), (at, period) => {
        const start = periodStart(at, period);
        const end = periodEnd(start, period);
        assert.ok(start <= at && at < end);
        assert.equal(periodStart(end - 1, period), start);
        assert.equal(periodStart(end, period), end);
        assert.ok(period !== 'week' || new Date(start * 1000).getUTCDay() === 1);
        assert.ok(period !== 'month' || new Date(start * 1000).getUTCDate() === 1);
      })
    );
  });
});

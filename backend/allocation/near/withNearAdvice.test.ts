import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { recommendationSchema, type Recommendation } from '../../../contract/index.ts';
import type { Outlook } from '../outlook.ts';
import type { NearPlan } from './nearPlan.ts';
import { withNearAdvice, type DayAdvice } from './withNearAdvice.ts';

const STEP = 300;
const CUTOFF = 1_790_000_100;
const NOW = CUTOFF + 130;
const LENGTH = 49;
const PRICES = { replicaHour: 0.12, violationMinute: 2.5 };

function dayAdvice(total: number, current: number): DayAdvice {
  const committed = Math.min(total, 4);
  const fill = (count: number) => new Float64Array(LENGTH).fill(count);
  const outlook: Outlook = {
    workload: 'shop',
    issuedAtSeconds: NOW,
    cutoffSeconds: CUTOFF,
    grid: { startSeconds: CUTOFF, stepSeconds: STEP, length: LENGTH },
    series: [],
    replicas: { committed: fill(committed), reserved: fill(total - committed), total: fill(total), burst: fill(3) },
    costHourly: fill(total * PRICES.replicaHour),
    currency: 'USD',
    warnings: [],
  };
  const expectationOf = (count: number) => ({
    replicaHours: count * 4,
    cost: count * 4 * PRICES.replicaHour,
    shortfallProbability: 0.01,
    shortfallMinutes: 0.1,
    firstShortfallAt: null,
  });
  const action = total > current ? 'raise' : total < current ? 'lower' : 'hold';
  const recommendation: Recommendation = {
    id: 'day',
    workload: 'shop',
    state: 'proposed',
    createdAt: NOW,
    expiresAt: NOW + 900,
    action,
    current: { replicas: current },
    proposed: { replicas: total },
    plan: { name: 'recommended', replicas: [{ at: NOW, count: total }] },
    tiers: { committed, reserved: total - committed, total, burst: 3 },
    expected: { current: expectationOf(current), proposed: expectationOf(total) },
    risk: 0.01,
    leadTimeSeconds: 180,
    currency: 'USD',
    confidence: { level: 'high', historySeconds: 1, coverage80: null },
    reasons: [
      { code: 'raise', text: 'of the day' },
      { code: 'binding', text: 'of the day' },
    ],
    warnings: [],
    seed: 1,
    pathCount: 1,
  };
  return { outlook, recommendation, planned: expectationOf(total), hasScenarios: false };
}

function nearPlan(floor: number, later: number): NearPlan {
  return {
    issuedAtSeconds: NOW,
    grid: { startSeconds: NOW - 10 + 60, stepSeconds: 60, length: 60 },
    floor,
    floorUntilSeconds: NOW + 240,
    needs: new Int32Array(60).fill(later),
    shortfall: new Float64Array(60).fill(0.004),
    series: 'requests',
    atHalfRisk: floor + 1,
    atDoubleRisk: floor,
  };
}

const merge = (day: DayAdvice, plan: NearPlan, lost?: string, nowSeconds = NOW) =>
  withNearAdvice(
    day,
    { plan, ...(lost === undefined ? {} : { lost }) },
    { nowSeconds, leadTimeSeconds: 180, prices: PRICES }
  );

const codes = ({ reasons }: Recommendation) => reasons.map(({ code }) => code);

test('the floor of this moment is that of the near plan, and untold where that only raises', () => {
  const plan = { ...nearPlan(6, 9), floorUntilSeconds: NOW + 15 };
  assert.deepEqual(
    [merge(dayAdvice(10, 8), plan).floor, merge(dayAdvice(10, 8), plan).outlook.replicas!.total[0]],
    [6, 9]
  );
  assert.equal(merge(dayAdvice(10, 8), plan, 'the source is down').floor, undefined);
  assert.equal(merge({ ...dayAdvice(10, 8), hasScenarios: true }, plan).floor, undefined);
});

test('the next hour is the near plan, what comes after it the day', () => {
  const { outlook, recommendation } = merge(dayAdvice(10, 8), nearPlan(6, 7));
  const { total, committed, reserved, burst } = outlook.replicas!;
  assert.deepEqual([...total.subarray(0, 4)], [6, 7, 7, 7]);
  assert.deepEqual([total[13], total[14], total[48]], [10, 10, 10]);
  total.forEach((count, step) => {
    assert.equal(committed[step]! + reserved[step]!, count);
    assert.equal(count + burst[step]!, 13, 'what burst must be free to reach does not move');
  });
  assert.equal(recommendation.proposed.replicas, 6);
  assert.deepEqual(
    recommendation.plan.replicas.map(({ count }) => count),
    [6, 7, 10]
  );
  assert.deepEqual(codes(recommendation), ['raise', 'near', 'binding', 'tiers', 'cost']);
  const near = recommendation.reasons[1]!;
  assert.match(
    near.text,
    /a floor of 6 replicas now \(requests decides; .*by itself asks for 10; until .* the plan holds 6 to 7$/
  );
  assert.equal(recommendationSchema.safeParse(recommendation).success, true);
  assert.notEqual(recommendation.id, 'day');
});

test('replica hours and costs are those of the plan as it is now', () => {
  const day = dayAdvice(10, 8);
  const { outlook, recommendation } = merge(day, nearPlan(6, 7));
  const saved = outlook.replicas!.total.subarray(1).reduce((sum, count) => sum + (10 - count), 0) / 12;
  assert.ok(Math.abs(recommendation.expected.proposed.replicaHours - (40 - saved)) < 1e-9);
  assert.ok(Math.abs(recommendation.expected.proposed.cost! - (40 - saved) * 0.12) < 1e-9);
  assert.ok(Math.abs(outlook.costHourly![0]! - 6 * 0.12) < 1e-9);
  assert.equal(recommendation.expected.proposed.shortfallMinutes, day.planned.shortfallMinutes);
});

test('more than the replicas of now in the next hour is a raise, though the day would lower', () => {
  const { recommendation } = merge(dayAdvice(5, 8), nearPlan(12, 12));
  assert.equal(recommendation.action, 'raise');
  assert.deepEqual(recommendation.plan.replicas.slice(0, 2), [
    { at: NOW, count: 8 },
    { at: NOW + 180, count: 12 },
  ]);
  assert.equal(recommendation.tiers.total, 12);
});

test('a near plan that is lost never lowers the plan of the day, nor what it asked for itself', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      (total, floor, later) => {
        const { outlook, recommendation } = merge(dayAdvice(total, 8), nearPlan(floor, later), 'no source');
        outlook.replicas!.total.forEach((count, step) => {
          assert.ok(count >= total);
          assert.ok(step > 12 || count >= Math.min(floor, later));
        });
        assert.equal(outlook.replicas!.total[0], Math.max(total, floor));
        assert.ok(codes(recommendation).includes('near-lost'));
      }
    )
  );
});

test('a near plan whose time is over, and a day without replicas, change nothing', () => {
  const day = dayAdvice(10, 8);
  assert.equal(merge(day, nearPlan(6, 7), undefined, NOW + 3700).recommendation, day.recommendation);
  const unknown: Outlook = { ...day.outlook };
  delete (unknown as { replicas?: unknown }).replicas;
  assert.equal(merge({ ...day, outlook: unknown }, nearPlan(6, 7)).recommendation, day.recommendation);
});

test('scenarios are of the day alone, so beside them the next minutes only raise', () => {
  const day = { ...dayAdvice(10, 8), hasScenarios: true };
  const { outlook, recommendation } = merge(day, nearPlan(6, 12));
  assert.deepEqual([...outlook.replicas!.total.subarray(0, 3)], [10, 12, 12]);
  assert.match(recommendation.reasons[1]!.text, /knows the scenarios, for 10, and that holds/);
});

test('the next hour keeps to the limits, and tells what they withhold', () => {
  const pace = {
    limits: { scaleUp: { policies: [{ type: 'Pods' as const, value: 2, periodSeconds: 600 }] } },
    min: 1,
    max: 60,
    replicasBefore: (seconds: number) => (seconds >= 600 ? 5 : 6),
  };
  const setting = { nowSeconds: NOW, leadTimeSeconds: 180, prices: PRICES };
  const { outlook, recommendation } = withNearAdvice(dayAdvice(6, 6), { plan: nearPlan(12, 12) }, { ...setting, pace });
  assert.equal(recommendation.proposed.replicas, 7);
  assert.deepEqual([...outlook.replicas!.total.subarray(0, 5)], [7, 8, 9, 10, 11]);
  assert.ok(recommendation.reasons.some(({ code }) => code === 'limits-too-slow'));
  const free = withNearAdvice(dayAdvice(6, 6), { plan: nearPlan(12, 12) }, setting);
  assert.equal(free.recommendation.proposed.replicas, 12);
});

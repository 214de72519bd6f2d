import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../random/index.ts';
import type { Series } from '../timeseries/index.ts';
import { alongFrontier } from './alongFrontier.ts';
import { compareFrontiers } from './compareFrontiers.ts';
import { REPLAY_POLICIES, replay, type PolicyRun, type ReplayReport, type ReplayService } from './index.ts';
import { oraclePolicy } from './policies/oraclePolicy.ts';
import { replayClock } from './replayClock.ts';
import { runPolicy } from './runPolicy.ts';
import { scorePolicy } from './scorePolicy.ts';

const UNPRICED: ReplayService = {
  perReplica: 50,
  startSeconds: 180,
  drainSeconds: 30,
  metricLagSeconds: 30,
  min: 1,
  max: 100,
  violationMinute: 1,
  hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 15, downStabilizationSeconds: 300 },
  risk: 0.05,
};
const SERVICE: ReplayService = { ...UNPRICED, replicaHour: 0.1 };

function seriesOf(values: Float64Array, stepSeconds: number): Series {
  return { grid: { startSeconds: 1_790_000_100, stepSeconds, length: values.length }, values };
}

function requests(length: number, stepSeconds: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, (_, t) => {
    const day = 1 + 0.6 * Math.sin((2 * Math.PI * t * stepSeconds) / 86_400);
    return t % 97 === 50 ? Number.NaN : 900 * day * Math.exp(0.05 * randomNormal(random));
  });
}

function done<T>(steps: Generator<unknown, T>): T {
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done === true) {
      return next.value;
    }
  }
}

function replayed(trace: Series, firstRow: number, service = SERVICE, isSweep = false): ReplayReport {
  return done(replay({ trace, firstRow, service, policies: REPLAY_POLICIES, isSweep }));
}

function runOf(desired: readonly number[], trace: Series, service: ReplayService): PolicyRun {
  let tick = 0;
  return done(runPolicy({ decide: () => desired[tick++]! }, replayClock(trace, 0, service), service, desired[0]!));
}

test('a change of the future alters no earlier decision, but for the oracle', () => {
  for (const stepSeconds of [60, 300]) {
    const values = requests(4 * 1440 * (60 / stepSeconds), stepSeconds, 5);
    const firstRow = values.length >> 1;
    const changedFrom = firstRow + Math.floor(values.length / 8);
    const other = values.map((value, row) => (row >= changedFrom ? 3 * value + 100 : value));
    const [one, two] = [values, other].map((each) => replayed(seriesOf(each, stepSeconds), firstRow));
    one!.policies.forEach(({ policy }, index) => {
      const known = changedFrom - firstRow;
      const [left, right] = [one!.runs[index]!, two!.runs[index]!];
      if (policy !== 'oracle') {
        assert.deepEqual(left.desiredAtRow.slice(0, known + 1), right.desiredAtRow.slice(0, known + 1), policy);
        assert.deepEqual(left.readyAtRow.slice(0, known + 1), right.readyAtRow.slice(0, known + 1), policy);
        assert.notDeepEqual(left.desired, right.desired, policy);
      }
    });
  }
});

test('every policy stays within its limits, and what is ready was asked for', () => {
  const report = replayed(seriesOf(requests(2000, 60, 2), 60), 1500, { ...SERVICE, min: 12, max: 22 });
  for (const { desiredAtRow, readyAtRow, desired } of report.runs) {
    assert.ok(desired.every((count) => count >= 12 && count <= 22));
    assert.ok(readyAtRow.every((ready, row) => ready <= desiredAtRow[row]!));
  }
});

test('the oracle has no violation and no policy without one costs less', () => {
  const { policies } = replayed(seriesOf(requests(2500, 60, 9), 60), 1500);
  const oracle = policies.find(({ policy }) => policy === 'oracle')!;
  assert.equal(oracle.violationShare, 0);
  for (const { policy, violationShare, replicaHours } of policies) {
    assert.ok(violationShare > 0 || replicaHours >= oracle.replicaHours - 1e-9, policy);
  }
});

test('the oracle is the cheapest of all plans without a violation', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 4 }),
      (demand, startTicks, drainTicks) => {
        const service = {
          ...SERVICE,
          perReplica: 1,
          max: 3,
          startSeconds: 15 * startTicks,
          drainSeconds: 15 * drainTicks,
        };
        const values = Float64Array.from(demand);
        const trace = seriesOf(values, 15);
        const score = (run: PolicyRun) => scorePolicy(run, values, 15, service);
        const clock = replayClock(trace, 0, service);
        const ours = score(done(runPolicy(oraclePolicy(values, clock, service), clock, service, 1)));
        let best = Infinity;
        for (let plan = 0; plan < 3 ** demand.length; plan++) {
          const desired = demand.map((_, tick) => (Math.floor(plan / 3 ** tick) % 3) + 1);
          const { violationShare, replicaHours } = score(runOf(desired, trace, service));
          best = violationShare === 0 ? Math.min(best, replicaHours) : best;
        }
        assert.equal(ours.violationShare, 0);
        assert.ok(Math.abs(ours.replicaHours - best) < 1e-9, `${String(ours.replicaHours)} ${String(best)}`);
      }
    ),
    { numRuns: 30 }
  );
});

test('a replica is paid from the decision until its drain ends, and serves from its start-up on', () => {
  const service = { ...SERVICE, perReplica: 1, startSeconds: 60, drainSeconds: 30 };
  const values = Float64Array.of(10, 20, 20, 20, 10);
  const desired = Array.from({ length: 20 }, (_, tick) => (tick < 4 || tick >= 16 ? 10 : 20));
  const run = runOf(desired, seriesOf(values, 60), service);
  const score = scorePolicy(run, values, 60, service);
  assert.deepEqual([...run.readyAtRow], [10, 10, 20, 20, 10]);
  assert.equal(score.violationMinutes, 1);
  assert.equal(score.unservedShare, 10 / 80);
  assert.ok(Math.abs(score.replicaHours - (8 * 10 * 15 + 12 * 20 * 15 + 10 * 30) / 3600) < 1e-12);
  assert.deepEqual([score.scaleUps, score.scaleDowns], [1, 1]);
});

test('a missing row counts neither as served nor as violated, and a price that is missing is no zero', () => {
  const values = Float64Array.of(10, Number.NaN, 30);
  const unpriced = { ...UNPRICED, perReplica: 1 };
  const run = runOf(Array<number>(12).fill(10), seriesOf(values, 60), unpriced);
  const score = scorePolicy(run, values, 60, unpriced);
  assert.equal(score.violationShare, 0.5);
  assert.equal(score.unservedShare, 0.5);
  assert.equal(score.replicaCost, null);
  assert.equal(score.cost, null);
});

test('a lower HPA target costs more and violates no more, to within the noise of one start', () => {
  const { sweep } = replayed(seriesOf(requests(2400, 60, 4), 60), 1500, SERVICE, true);
  const hpa = sweep.filter(({ policy }) => policy === 'hpa');
  assert.equal(hpa.length, 14);
  hpa.slice(1).forEach((point, index) => {
    assert.ok(point.replicaHours < hpa[index]!.replicaHours);
  });
  const headroom = sweep.filter(({ policy }) => policy === 'headroom');
  assert.ok(headroom.length >= 12);
  headroom.slice(1).forEach((point, index) => {
    assert.ok(point.replicaHours >= headroom[index]!.replicaHours * 0.995);
  });
});

test('a trace that is idle, or begins in the evaluated part, is replayed without an error', () => {
  for (const values of [
    new Float64Array(600),
    Float64Array.from({ length: 600 }, (_, row) => (row < 450 ? 0 : 5000)),
    Float64Array.from({ length: 600 }, (_, row) => (row < 450 ? Number.NaN : 70)),
  ]) {
    const report = replayed(seriesOf(values, 60), 300);
    assert.ok(report.policies.every(({ replicaHours }) => Number.isFinite(replicaHours) && replicaHours > 0));
  }
});

test('reads a frontier linearly, without points that another beats', () => {
  const points = [
    { v: 0, c: 10 },
    { v: 0.1, c: 6 },
    { v: 0.2, c: 7 },
    { v: 0.3, c: 4 },
  ];
  const at = (share: number) =>
    alongFrontier(
      points,
      ({ v }) => v,
      ({ c }) => c,
      share
    );
  assert.equal(at(0.05), 8);
  assert.equal(at(0.2), 5);
  assert.equal(at(1), 4);
  assert.equal(
    alongFrontier(
      points.slice(1),
      ({ v }) => v,
      ({ c }) => c,
      0.05
    ),
    null
  );
});

test('compares with the cheapest HPA of no more violations, and only where HPA violates', () => {
  const point = (setting: number, violationShare: number, replicaHours: number) => ({
    setting,
    score: {
      violationShare,
      replicaHours,
      violationMinutes: 0,
      unservedShare: violationShare / 10,
      scaleUps: 0,
      scaleDowns: 0,
      replicaCost: null,
      violationCost: null,
      cost: null,
    },
  });
  const hpa = [point(0.5, 0, 200), point(0.6, 0.01, 160), point(0.7, 0.02, 150)];
  const ours = [point(0.001, 0, 120), point(0.1, 0.02, 100)];
  const [first, second, ...rest] = compareFrontiers(hpa, ours, point(0, 0, 80).score);
  assert.equal(rest.length, 0);
  assert.ok(Math.abs(first!.costSavingAtEqualViolations! - (1 - 110 / 160)) < 1e-12);
  assert.ok(Math.abs(second!.costOverOracle! - 0.25) < 1e-12);
  assert.equal(second!.violationReductionAtEqualCost, 1);
});

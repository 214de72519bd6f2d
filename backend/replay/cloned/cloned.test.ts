import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { PolicyScore } from '../policyScore.ts';
import { replay, type PolicyResult, type PolicyRun, type ReplayService } from '../index.ts';
import { imitator } from './imitator.ts';
import { isNoWorse } from './isNoWorse.ts';
import { judgedClone, type JudgedClone } from './judgedClone.ts';
import { SIGNIFICANCE, surelyBetter } from './surelyBetter.ts';

const STEP_SECONDS = 300;
const DAY_ROWS = 86_400 / STEP_SECONDS;
const UNPRICED: ReplayService = {
  perReplica: 10,
  startSeconds: 600,
  drainSeconds: 30,
  metricLagSeconds: 30,
  min: 1,
  max: 200,
  hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 60, downStabilizationSeconds: 300 },
  risk: 0.05,
};
const SERVICE: ReplayService = { ...UNPRICED, replicaHour: 0.1, violationMinute: 1 };

function seriesOf(values: Float64Array, stepSeconds = STEP_SECONDS): Series {
  return { grid: { startSeconds: 1_789_948_800, stepSeconds, length: values.length }, values };
}

/** Quiet nights and days that start within minutes at 08:00, to which an HPA comes late. */
function workdays(days: number, seed: number, spread = 0.02): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: days * DAY_ROWS }, (_, row) => {
    const hour = ((row % DAY_ROWS) * STEP_SECONDS) / 3600;
    return (hour >= 8 && hour < 18 ? 400 : 80) * Math.exp(spread * randomNormal(random));
  });
}

function done<T>(steps: Generator<unknown, T>): T {
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done === true) {
      return next.value;
    }
  }
}

interface Replayed {
  readonly cloned: PolicyResult;
  readonly hpa: PolicyResult;
  readonly clonedRun: PolicyRun;
  readonly hpaRun: PolicyRun;
}

function replayed(values: Float64Array, replicas?: Float64Array, service = SERVICE, warmupDays = 4): Replayed {
  const report = done(
    replay({
      trace: seriesOf(values),
      firstRow: warmupDays * DAY_ROWS,
      service,
      policies: ['cloned', 'hpa'],
      isSweep: false,
      ...(replicas === undefined ? {} : { replicas }),
    })
  );
  const [cloned, hpa] = report.policies;
  const [clonedRun, hpaRun] = report.runs;
  return { cloned: cloned!, hpa: hpa!, clonedRun: clonedRun!, hpaRun: hpaRun! };
}

/** An operator who has the day's replicas ready an hour before it starts. */
function foresighted(values: Float64Array): Float64Array {
  return values.map((_, row) => {
    const hour = ((row % DAY_ROWS) * STEP_SECONDS) / 3600;
    return hour >= 7 && hour < 18 ? 55 : 12;
  });
}

test('imitates a planted rule at states that it was not shown', () => {
  fc.assert(
    fc.property(fc.double({ min: 1.1, max: 2.5, noNaN: true }), fc.integer({ min: 0, max: 1000 }), (margin, seed) => {
      const random = seededRandom(seed);
      let level = 5;
      const values = Float64Array.from({ length: 3000 }, () => {
        level += 0.1 * (5.5 - level) + 0.1 * randomNormal(random);
        return Math.exp(level);
      });
      const log = values.map((_, row) => (row === 0 ? Number.NaN : Math.ceil((margin * values[row - 1]!) / 10)));
      const clone = imitator(seriesOf(values), log, SERVICE);
      let error = 0;
      for (let known = 1; known <= values.length; known++) {
        const asked = clone.after(known);
        if (known > 2000 && known < values.length) {
          error += Math.abs(asked - log[known]!) / log[known]! / (values.length - 2001);
        }
      }
      assert.ok(error < 0.05, String(error));
    }),
    { numRuns: 10 }
  );
});

test('forgets: a demonstrator who changes is followed', () => {
  const values = workdays(42, 3);
  const change = values.length / 2;
  const log = values.map((_, row) => (row === 0 ? 1 : ((row < change ? 1.2 : 2) * values[row - 1]!) / 10));
  const clone = imitator(seriesOf(values), log, SERVICE);
  let ratio = 0;
  for (let known = 1; known <= values.length; known++) {
    ratio = (clone.after(known) * 10) / values[known - 1]!;
  }
  assert.ok(Math.abs(ratio - 2) < 0.15, String(ratio));
});

test('says nothing before it was shown enough, and holds on a missing row', () => {
  const values = workdays(3, 4).map((value, row) => (row % 50 === 49 ? Number.NaN : value));
  const clone = imitator(seriesOf(values), foresighted(values), SERVICE);
  assert.ok(Number.isNaN(clone.after(1)));
  let before = Number.NaN;
  for (let known = 2; known <= values.length; known++) {
    const asked = clone.after(known);
    assert.ok(known > 100 || Number.isNaN(asked));
    assert.ok(!Number.isNaN(values[known - 1]!) || Object.is(asked, before));
    before = asked;
  }
  assert.ok(before > 0);
  const unseen = imitator(seriesOf(values), new Float64Array(values.length).fill(Number.NaN), SERVICE);
  assert.ok(values.every((_, row) => Number.isNaN(unseen.after(row + 1))));
});

test('a change of the future alters neither a proposal, nor a verdict, nor a decision before it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2 * DAY_ROWS, max: 6 * DAY_ROWS - 2 }),
      fc.integer({ min: 0, max: 1000 }),
      fc.constantFrom(0, 30, 300, 900),
      fc.boolean(),
      (changedFrom, seed, metricLagSeconds, hasReplicas) => {
        const service = { ...SERVICE, metricLagSeconds };
        const values = workdays(6, seed, 0.3);
        const replicas = foresighted(values);
        const changed = (each: Float64Array): Float64Array =>
          each.map((value, row) => (row < changedFrom ? value : row % 7 === 0 ? Number.NaN : 3 * value + 70));
        const judged = (demand: Float64Array, log: Float64Array): JudgedClone =>
          done(judgedClone(seriesOf(demand), service, hasReplicas ? log : undefined));
        const [one, two] = [judged(values, replicas), judged(changed(values), changed(replicas))];
        for (let known = 0; known <= changedFrom; known++) {
          assert.equal(one.proposedAfter(known), two.proposedAfter(known));
        }
        for (let day = 0; day * DAY_ROWS <= changedFrom; day++) {
          assert.deepEqual(one.verdictOf(day), two.verdictOf(day));
        }
        const run = (demand: Float64Array, log: Float64Array): PolicyRun =>
          replayed(demand, hasReplicas ? log : undefined, service, 1).clonedRun;
        const ticks = ((changedFrom - DAY_ROWS) * STEP_SECONDS) / SERVICE.hpa.syncSeconds;
        assert.deepEqual(
          run(values, replicas).desired.subarray(0, ticks),
          run(changed(values), changed(replicas)).desired.subarray(0, ticks)
        );
      }
    ),
    { numRuns: 6 }
  );
});

test('a verdict turns on what is known when it is given, and on no row later', () => {
  const spiked = 3 * DAY_ROWS;
  const values = Float64Array.from({ length: 5 * DAY_ROWS }, (_, row) =>
    row >= spiked && row < spiked + 12 ? 1400 : 200 + 5 * Math.sin(row)
  );
  for (const metricLagSeconds of [0, 30, 900]) {
    const service = { ...SERVICE, violationMinute: 1000, metricLagSeconds };
    const clone = done(
      judgedClone(
        seriesOf(values),
        service,
        values.map(() => 150)
      )
    );
    const verdicts = [0, 1, 2, 3, 4].map((day) => clone.verdictOf(day).kind);
    assert.deepEqual(verdicts, ['unjudged', 'unjudged', 'worse', 'worse', 'unsure']);
  }
});

test('a demonstrator who sees the day coming is acted on, and that costs less than the HPA alone', () => {
  const values = workdays(10, 7);
  const { cloned, hpa } = replayed(values, foresighted(values));
  const use = cloned.cloned!;
  assert.equal(use.demonstrator, 'trace');
  assert.equal(use.judgedDays, 6);
  assert.ok(use.noWorseDays >= 5, JSON.stringify(use));
  assert.ok(use.chosenDays >= 3 && use.chosenDays < use.noWorseDays, JSON.stringify(use));
  assert.ok(use.probability! <= use.significance);
  assert.ok(use.raisedShare > 0 && use.raisedShare <= use.actedOnShare);
  assert.ok(cloned.violationMinutes < hpa.violationMinutes);
  assert.ok(cloned.cost! < hpa.cost!, `${String(cloned.cost)} ${String(hpa.cost)}`);
});

test('a worse demonstrator is judged, but never acted on: the HPA alone decides', () => {
  const values = workdays(10, 8);
  for (const service of [SERVICE, UNPRICED]) {
    const wasteful = values.map(() => 150);
    const { cloned, clonedRun, hpaRun } = replayed(values, wasteful, { ...service, startSeconds: 0 });
    assert.equal(cloned.cloned!.judgedDays, 6);
    assert.equal(cloned.cloned!.noWorseDays, 0);
    assert.equal(cloned.cloned!.actedOnShare, 0);
    assert.equal(cloned.cloned!.raisedShare, 0);
    assert.deepEqual(clonedRun, hpaRun);
  }
});

test('without a day to be judged on, or a log to learn from, the HPA alone decides', () => {
  const values = workdays(2, 9);
  const short = replayed(values, foresighted(values), SERVICE, 1);
  assert.equal(short.cloned.cloned!.judgedDays, 0);
  assert.deepEqual(short.clonedRun, short.hpaRun);
  const long = workdays(6, 9);
  const silent = replayed(long, new Float64Array(long.length).fill(Number.NaN));
  assert.equal(silent.cloned.cloned!.judgedDays, 0);
  assert.deepEqual(silent.clonedRun, silent.hpaRun);
});

test('without a log it imitates the HPA, and the same run gives the same bits', () => {
  const values = workdays(9, 10, 0.2);
  const [one, two] = [replayed(values), replayed(values)];
  assert.equal(one.cloned.cloned!.demonstrator, 'hpa');
  assert.equal(one.hpa.cloned, undefined);
  assert.deepEqual(one, two);
});

test('while it is acted on, no decision lies below its floor', () => {
  const values = workdays(10, 12, 0.2);
  const log = foresighted(values);
  const clone = done(judgedClone(seriesOf(values), SERVICE, log));
  const { clonedRun } = replayed(values, log);
  let looked = 0;
  clonedRun.desiredAtRow.forEach((desired, index) => {
    const row = 4 * DAY_ROWS + index;
    const seconds = 1_789_948_800 + row * STEP_SECONDS;
    if (clone.verdictOf(clone.dayAt(seconds)).kind === 'better') {
      looked++;
      assert.ok(desired >= clone.proposedAfter(row));
    }
  });
  assert.ok(looked > DAY_ROWS);
});

const score = (replicaHours: number, violationMinutes: number, cost: number | null): PolicyScore => ({
  replicaHours,
  violationMinutes,
  violationShare: 0,
  unservedShare: 0,
  scaleUps: 0,
  scaleDowns: 0,
  replicaCost: null,
  violationCost: null,
  cost,
});

test('no worse means the cost; without a price, neither hours nor violations', () => {
  assert.ok(isNoWorse(score(20, 0, 2), score(10, 5, 6)));
  assert.ok(!isNoWorse(score(20, 0, 7), score(10, 5, 6)));
  assert.ok(!isNoWorse(score(20, 0, null), score(10, 5, null)));
  assert.ok(!isNoWorse(score(10, 6, null), score(10, 5, null)));
  assert.ok(isNoWorse(score(10, 5, null), score(10, 5, null)));
});

const figures = fc.record({
  hours: fc.integer({ min: 0, max: 3 }),
  minutes: fc.integer({ min: 0, max: 2 }),
  cost: fc.integer({ min: 0, max: 1000 }),
});

test('of two equal policies neither passes for surely better more often than the significance', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(figures, figures), { minLength: 1, maxLength: 10 }),
      fc.boolean(),
      (pairs, isPriced) => {
        let sure = 0;
        for (let swapped = 0; swapped < 2 ** pairs.length; swapped++) {
          const days = pairs.map((pair, day) => {
            const [candidate, alone] = pair.map(({ hours, minutes, cost }) =>
              score(hours, minutes, isPriced ? cost : null)
            );
            return (swapped >> day) % 2 === 0
              ? { candidate: candidate!, alone: alone! }
              : { candidate: alone!, alone: candidate! };
          });
          sure += surelyBetter(days).isSure ? 1 : 0;
        }
        assert.ok(sure / 2 ** pairs.length <= SIGNIFICANCE + 1e-12, String(sure));
      }
    )
  );
});

test('five days won of five are no accident, four are, and days on which both were equal count for neither', () => {
  const [won, equal] = [
    { candidate: score(1, 0, 1), alone: score(1, 0, 2) },
    { candidate: score(1, 0, 1), alone: score(1, 0, 1) },
  ];
  const days = (count: number, day: typeof won) => Array.from({ length: count }, () => day);
  assert.equal(surelyBetter(days(4, won)).isSure, false);
  assert.equal(surelyBetter([...days(5, won), ...days(20, equal)]).isSure, true);
  assert.deepEqual(surelyBetter(days(9, equal)), { probability: 1, isSure: false });
  assert.deepEqual(surelyBetter([]), { probability: 1, isSure: false });
});

test('a demonstrator that differs from the HPA by noise is not chosen more often than the significance', () => {
  let [chosen, judged, noWorse] = [0, 0, 0];
  for (let seed = 0; seed < 12; seed++) {
    const values = workdays(12, seed, 0.25);
    const random = seededRandom(1000 + seed);
    const noise = values.map((_, row) => Math.max(1, Math.round((values[row - 1] ?? 80) / 7 + randomNormal(random))));
    const use = replayed(values, noise, { ...SERVICE, startSeconds: 0 }, 6).cloned.cloned!;
    chosen += use.chosenDays;
    judged += use.judgedDays;
    noWorse += use.noWorseDays;
  }

  assert.ok(noWorse > judged / 4, 'by cost alone it would be taken often');
  assert.ok(chosen / judged <= SIGNIFICANCE, `${String(chosen)} of ${String(judged)}`);
});

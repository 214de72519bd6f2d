import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { replay, type PolicyResult, type PolicyRun, type ReplayService } from '../index.ts';
import { cappedPolicy } from '../policies/cappedPolicy.ts';
import { replayClock } from '../replayClock.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import { runPolicy } from '../runPolicy.ts';
import { capJudge } from './capJudge.ts';
import { practiceRow } from './warmupFloors.ts';

const STEP_SECONDS = 300;
const DAY = 86_400;
const DAY_ROWS = DAY / STEP_SECONDS;
const START = 1_789_948_800;
const SERVICE: ReplayService = {
  perReplica: 50,
  startSeconds: 600,
  drainSeconds: 30,
  metricLagSeconds: 30,
  min: 1,
  max: 100,
  hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 60, downStabilizationSeconds: 300 },
  risk: 0.01,
};

function seriesOf(values: Float64Array): Series {
  return { grid: { startSeconds: START, stepSeconds: STEP_SECONDS, length: values.length }, values };
}

function demand(days: number, seed: number, spikeDay = -1): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: days * DAY_ROWS }, (_, row) => {
    const wave = 900 * (1 + 0.3 * Math.sin((2 * Math.PI * row) / DAY_ROWS)) * Math.exp(0.02 * randomNormal(random));
    const ofDay = row - spikeDay * DAY_ROWS;
    return ofDay >= 100 && ofDay < 104 ? 4 * wave : wave;
  });
}

function done<T>(steps: Generator<unknown, T>): T {
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done === true) {
      return next.value;
    }
  }
}

function judge(service: ReplayService = SERVICE) {
  return capJudge(seriesOf(new Float64Array(40 * DAY_ROWS)), service);
}

/** Notes a day on which the floor asked for `above` replicas more than the HPA, and which rows were short. */
function noteDay(
  judging: ReturnType<typeof judge>,
  day: number,
  above: number,
  short: { readonly alone?: readonly number[]; readonly floored?: readonly number[] } = {}
): void {
  const start = START + day * DAY;
  judging.noteDecision(start, 20 + above, 20, DAY);
  for (const row of new Set([...(short.alone ?? []), ...(short.floored ?? [])])) {
    const isShort = (rows: readonly number[] | undefined) => rows?.includes(row) === true;
    judging.noteRow(start + row * STEP_SECONDS, isShort(short.floored), isShort(short.alone), 2);
  }
}

test('it takes five days without a loss, or eight with one, and a saving', () => {
  const judging = judge();
  assert.equal(judging.verdictOf(0, 100), 'unjudged');
  for (let day = 0; day < 4; day++) {
    noteDay(judging, day, 1);
    assert.equal(judging.verdictOf(day + 1, 100), 'refused');
  }
  noteDay(judging, 4, 1);
  assert.equal(judging.verdictOf(5, 100), 'inForce');
  noteDay(judging, 5, 1, { alone: [7, 8] });
  assert.equal(judging.verdictOf(6, 100), 'refused', 'two shortfalls of weight 2 cost 400, the day saved 288');
  noteDay(judging, 6, 1);
  assert.equal(judging.verdictOf(7, 100), 'refused');
  noteDay(judging, 7, 1);
  assert.equal(judging.verdictOf(8, 100), 'inForce');
  assert.equal(judging.verdictOf(8, 1e6), 'refused', 'a dearer shortfall outweighs all that was saved');
  const idle = judge();
  for (let day = 0; day < 9; day++) {
    noteDay(idle, day, 0);
  }
  assert.equal(idle.verdictOf(9, 100), 'refused', 'where nothing was saved there is nothing to win');
});

test('an idle day shows nothing', () => {
  const judging = judge();
  for (let day = 0; day < 9; day++) {
    judging.noteDecision(START + day * DAY, 1, 1, DAY);
  }
  assert.equal(judging.verdictOf(9, 100), 'unjudged');
  noteDay(judging, 9, 1);
  assert.equal(judging.verdictOf(10, 100), 'refused');
});

test('an event that both missed does not count, one that the floor kept out does', () => {
  const [both, alone] = [judge(), judge()];
  for (let day = 0; day < 6; day++) {
    noteDay(both, day, 1, day === 3 ? { alone: [49, 50, 51, 52], floored: [50] } : {});
    noteDay(alone, day, 1, day === 3 ? { alone: [49, 50, 51, 52], floored: [200] } : {});
  }
  assert.equal(both.verdictOf(6, 1e6), 'inForce');
  assert.equal(alone.verdictOf(6, 1e6), 'refused');
});

test('a dearer shortfall never puts the cap in force, and later days never alter a verdict', () => {
  const dayOf = fc.record({ above: fc.integer({ min: 0, max: 5 }), rows: fc.array(fc.nat(287), { maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(dayOf, { minLength: 6, maxLength: 20 }), fc.nat(1000), fc.nat(19), (days, price, until) => {
      const [one, two] = [judge(), judge()];
      days.forEach(({ above, rows }, day) => {
        noteDay(one, day, above, { alone: rows });
        noteDay(two, day, day < until ? above : 9, { alone: day < until ? rows : [1, 2, 3] });
      });
      assert.equal(one.verdictOf(until, price), two.verdictOf(until, price));
      assert.ok(one.verdictOf(20, 2 * price) !== 'inForce' || one.verdictOf(20, price) === 'inForce');
    })
  );
});

test('in force it asks for the lesser of both, else for the floor alone', () => {
  const values = demand(12, 1);
  const trace = seriesOf(values);
  const clock = replayClock(trace, 0, SERVICE);
  const wave = (most: number, each: number): ReplayPolicy => {
    let tick = 0;
    return { decide: () => most + (Math.floor(tick++ / each) % 5) };
  };
  const floored = () => wave(40, 50);
  const alone = () => wave(39, 70);
  const judging = judge();
  const policy = cappedPolicy(trace, SERVICE, {
    floored: floored(),
    alone: alone(),
    judge: judging,
    priceAt: () => 10,
    firstRow: 0,
  });
  const run = done(runPolicy(policy, clock, SERVICE, 40));
  const [own, other] = [floored(), alone()].map((each) => done(runPolicy(each, clock, SERVICE, 40)));
  const ticksOfFive = (5 * DAY) / SERVICE.hpa.syncSeconds;
  run.desired.forEach((desired, tick) => {
    assert.equal(
      desired,
      tick < ticksOfFive ? own!.desired[tick] : Math.min(own!.desired[tick]!, other!.desired[tick]!)
    );
  });
  run.readyAtRow.forEach((ready, row) => {
    assert.ok(row < 5 * DAY_ROWS + 3 || ready <= Math.min(own!.readyAtRow[row]!, other!.readyAtRow[row]!));
  });
  const use = policy.use();
  assert.deepEqual([use.judgedDays, use.inForceDays, use.inForceSince], [11, 7, START + 5 * DAY]);
  assert.ok(use.loweredShare > 0 && use.loweredShare < 1);
});

function replayed(values: Float64Array, warmupDays: number, service = SERVICE) {
  const report = done(
    replay({
      trace: seriesOf(values),
      firstRow: warmupDays * DAY_ROWS,
      service,
      policies: ['headroom', 'hpa'],
      isSweep: false,
    })
  );
  const [headroom, hpa] = report.policies as [PolicyResult, PolicyResult];
  const [headroomRun, hpaRun] = report.runs as [PolicyRun, PolicyRun];
  return { headroom, hpa, headroomRun, hpaRun };
}

test('after a flash that none sees coming, a small risk is held to what the HPA alone asks for', () => {
  const { headroom, hpa, headroomRun, hpaRun } = replayed(demand(10, 3, 5), 8, { ...SERVICE, risk: 0.00001 });
  const cap = headroom.cap!;
  assert.deepEqual([cap.judgedDays, cap.inForceDays, cap.inForceSince], [2, 2, START + 8 * DAY]);
  assert.ok(cap.loweredShare > 0);
  assert.ok(headroom.replicaHours <= hpa.replicaHours);
  assert.equal(headroom.violationMinutes, 0);
  assert.ok(headroomRun.desired.every((desired, tick) => desired <= hpaRun.desired[tick]!));
  assert.equal(hpa.cap, undefined);
});

test('with too short a warm-up to practise in, it was never judged and the floor acts', () => {
  assert.equal(practiceRow(DAY_ROWS, STEP_SECONDS), DAY_ROWS);
  assert.equal(practiceRow(7 * DAY_ROWS, STEP_SECONDS), 2 * DAY_ROWS);
  const { headroom } = replayed(demand(2, 4), 1);
  assert.deepEqual(headroom.cap, { judgedDays: 0, inForceDays: 0, inForceSince: null, loweredShare: 0 });
});

test('a change of the future alters no decision before it, whatever was in force', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 6 * DAY_ROWS, max: 9 * DAY_ROWS - 2 }),
      fc.constantFrom(0, 30, 900),
      (changedFrom, metricLagSeconds) => {
        const service = { ...SERVICE, metricLagSeconds, risk: 0.00001 };
        const values = demand(9, 6, 3);
        const changed = values.map((value, row) =>
          row < changedFrom ? value : row % 7 === 0 ? Number.NaN : 3 * value + 70
        );
        const [one, two] = [replayed(values, 6, service), replayed(changed, 6, service)];
        const ticks = ((changedFrom - 6 * DAY_ROWS) * STEP_SECONDS) / SERVICE.hpa.syncSeconds;
        assert.deepEqual(one.headroomRun.desired.subarray(0, ticks), two.headroomRun.desired.subarray(0, ticks));
      }
    ),
    { numRuns: 2 }
  );
});

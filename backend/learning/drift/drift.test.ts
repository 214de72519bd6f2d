import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { alarmThreshold, gaugeAfter, NEW_GAUGE } from './alarmGauge.ts';
import { advanceDrift, driftWords, newDriftState, relevelled, type DriftInput, type DriftState } from './index.ts';

const STEP = 300;
const HOUR = 3600;
const PER_HOUR = 12;
const DAY_HOURS = 24;
const DAYS = 9;

interface Course {
  readonly level?: (hour: number) => number;
  readonly noise?: (hour: number) => number;
  readonly truth?: (value: number, hour: number, step: number) => number;
}

/** Hours of a daily course with forecasts that know it, and nothing of what happens. */
function hoursOf(
  count: number,
  { level = () => 0, noise = () => 1, truth = (value) => value }: Course = {},
  seed = 7
): DriftInput[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, hour) => {
    const course = (step: number) =>
      100 + Math.round(40 * Math.sin((2 * Math.PI * (hour + step / PER_HOUR)) / DAY_HOURS));
    const medians = Array.from({ length: PER_HOUR }, (_each, step) => course(step));
    const band = { low: medians.map((value) => value - 10), median: medians, high: medians.map((value) => value + 10) };
    const truths = medians.map((value, step) =>
      truth(value + level(hour) + Math.round(512 * 4 * noise(hour) * randomNormal(random)) / 512, hour, step)
    );
    return { startSeconds: hour * HOUR, truths, near: band, far: band };
  });
}

const played = (hours: readonly DriftInput[], state = newDriftState(STEP)): DriftState =>
  hours.reduce(advanceDrift, state);

describe('advanceDrift', () => {
  it('says nothing in the first week, then that all is as before', () => {
    assert.equal(played(hoursOf(3 * DAY_HOURS)).verdict.kind, 'unknown');
    assert.equal(played(hoursOf(DAYS * DAY_HOURS)).verdict.kind, 'steady');
  });

  it('finds a level shift within two hours, confirms it when it lasts, and tells its size', () => {
    const from = DAYS * DAY_HOURS;
    const hours = hoursOf(from + 8, { level: (hour) => (hour >= from ? 40 : 0) });
    const soon = played(hours.slice(0, from + 2));
    assert.equal(soon.verdict.kind, 'levelShift');
    assert.equal(soon.verdict.isConfirmed, false);
    const later = played(hours.slice(from + 2, from + 5), soon);
    assert.ok(later.verdict.isConfirmed);
    assert.equal(later.verdict.sinceSeconds, from * HOUR);
    assert.ok(later.verdict.size !== null && 'offset' in later.verdict.size);
    assert.ok(Math.abs(later.verdict.size.offset - 40) < 4, JSON.stringify(later.verdict.size));
    assert.match(driftWords(later.verdict), /^Another level, higher by/);
    assert.equal(later.shifts.length, 1);
  });

  it('takes what ends for a spike: never confirmed, no shift kept', () => {
    const from = DAYS * DAY_HOURS;
    const hours = hoursOf(from + 12, { level: (hour) => (hour >= from && hour < from + 2 ? 60 : 0) });
    let state = played(hours.slice(0, from));
    for (const hour of hours.slice(from)) {
      state = advanceDrift(state, hour);
      assert.ok(!(state.verdict.kind === 'levelShift' && state.verdict.isConfirmed));
    }
    assert.equal(state.verdict.kind, 'steady');
    assert.deepEqual(state.shifts, []);
  });

  it('takes a shift back where the series returns within two days: it was a long spike', () => {
    const from = DAYS * DAY_HOURS;
    const hours = hoursOf(from + 12, { level: (hour) => (hour >= from && hour < from + 5 ? 300 : 0) });
    const shifted = played(hours.slice(0, from + 5));
    assert.equal(shifted.shifts.length, 1);
    const returned = played(hours.slice(from + 5), shifted);
    assert.deepEqual(returned.shifts, []);
    assert.notEqual(returned.verdict.kind, 'levelShift');
  });

  it('tells another spread from another level', () => {
    const from = DAYS * DAY_HOURS;
    const { verdict } = played(hoursOf(from + 20, { noise: (hour) => (hour >= from ? 6 : 1) }));
    assert.equal(verdict.kind, 'varianceChange');
    assert.ok(verdict.size !== null && 'factor' in verdict.size && verdict.size.factor > 2);
  });

  it('sees a sensor that stands still, and that it moves again', () => {
    const from = DAYS * DAY_HOURS;
    const hours = hoursOf(from + 6, { truth: (value, hour) => (hour >= from && hour < from + 4 ? 77 : value) });
    const frozen = played(hours.slice(0, from + 4));
    assert.equal(frozen.verdict.kind, 'sensorFreeze');
    assert.equal(frozen.verdict.sinceSeconds, from * HOUR + STEP);
    assert.notEqual(played(hours.slice(from + 4), frozen).verdict.kind, 'sensorFreeze');
  });

  it('knows nothing at all from another value: nights without any demand hide no frozen sensor', () => {
    const from = DAYS * DAY_HOURS;
    const isNight = (hour: number) => hour % DAY_HOURS < 8;
    const hours = (at: number) =>
      hoursOf(from + 20, {
        truth: (value, hour) => (hour >= from + 10 ? at : isNight(hour) ? 0 : value),
      });
    assert.equal(played(hours(77).slice(0, from + 14)).verdict.kind, 'sensorFreeze');
    assert.notEqual(played(hours(0).slice(0, from + 14)).verdict.kind, 'sensorFreeze');
  });

  it('sees another course of the day, where the forecast has learnt it already', () => {
    const from = (DAYS + 2) * DAY_HOURS;
    const turned = hoursOf(from + 30).map((hour) =>
      hour.startSeconds < from * HOUR
        ? hour
        : {
            ...hour,
            truths: Array.from(hour.truths, (value) => 200 - value),
            near: mirrored(hour.near!),
            far: mirrored(hour.far!),
          }
    );
    assert.equal(played(turned).verdict.kind, 'seasonChange');
  });

  it('takes another level back where it was another course of the day', () => {
    const from = (DAYS + 2) * DAY_HOURS;
    const later = hoursOf(from + 40).map((hour) => ({ ...hour, truths: Array.from(hour.truths) }));
    const moved = later.map((hour, index) => (index < from ? hour : { ...hour, truths: later[index - 6]!.truths }));
    const seen = moved.slice(0, from);
    let state = played(seen);
    const kinds = new Set<string>();
    for (const hour of moved.slice(from)) {
      state = advanceDrift(state, hour);
      kinds.add(state.verdict.kind);
    }
    assert.ok(kinds.has('levelShift'), [...kinds].join());
    assert.equal(state.verdict.kind, 'seasonChange');
    assert.deepEqual(state.shifts, []);
  });

  it('calls growth what lay above the week before on ten days', () => {
    const grown = hoursOf(20 * DAY_HOURS).map((hour) => {
      const more = (hour.startSeconds / HOUR / DAY_HOURS) * 8;
      const lifted = (values: ArrayLike<number>) => Array.from(values, (value) => value + more);
      const band = { low: lifted(hour.near!.low), median: lifted(hour.near!.median), high: lifted(hour.near!.high) };
      return { ...hour, truths: lifted(hour.truths), near: band, far: band };
    });
    assert.equal(played(grown).verdict.kind, 'growth');
  });

  it('never takes missing data for an alarm', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.boolean(), (count, isSkipped) => {
        const state = played(hoursOf(DAYS * DAY_HOURS));
        const gap = Array.from({ length: count }, (_, hour): DriftInput => ({
          startSeconds: (DAYS * DAY_HOURS + hour * (isSkipped ? 5 : 1)) * HOUR,
          truths: new Array<number>(PER_HOUR).fill(Number.NaN),
        }));
        return gap.reduce(advanceDrift, state).verdict.kind === 'steady';
      }),
      { numRuns: 10 }
    );
    const nothing = hoursOf(DAYS * DAY_HOURS, { truth: () => Number.NaN });
    assert.equal(played(nothing).verdict.kind, 'unknown');
  });

  it('says the same of all data and forecasts moved by a constant, of the same input, and after a round through JSON', () => {
    const from = DAYS * DAY_HOURS;
    const hours = hoursOf(from + 5, { level: (hour) => (hour >= from ? 40 : 0) });
    const base = played(hours);
    fc.assert(
      fc.property(fc.integer({ min: -4096, max: 4096 }), fc.integer({ min: 1, max: from + 4 }), (constant, cut) => {
        const moved = hours.map((hour) => {
          const plus = (values: ArrayLike<number>) => Array.from(values, (value) => value + constant);
          const band = { low: plus(hour.near!.low), median: plus(hour.near!.median), high: plus(hour.near!.high) };
          return { ...hour, truths: plus(hour.truths), near: band, far: band };
        });
        const { kind, sinceSeconds, isConfirmed } = played(moved).verdict;
        assert.deepEqual(
          [kind, sinceSeconds, isConfirmed],
          ['levelShift', base.verdict.sinceSeconds, base.verdict.isConfirmed]
        );
        const kept = JSON.parse(JSON.stringify(played(hours.slice(0, cut)))) as DriftState;
        assert.deepEqual(played(hours.slice(cut), kept), base);
      }),
      { numRuns: 5 }
    );
  });

  it('passes over what is told again, before its time, or at no time', () => {
    const hours = hoursOf(3 * DAY_HOURS);
    const state = played(hours);
    assert.equal(advanceDrift(state, hours.at(-1)!), state);
    assert.equal(advanceDrift(state, { startSeconds: Number.NaN, truths: [1] }), state);
    assert.equal(advanceDrift(state, { startSeconds: -HOUR, truths: [1] }), state);
  });

  it('bears a constant series, two values and a step of a day', () => {
    assert.doesNotThrow(() =>
      played([
        { startSeconds: 0, truths: [1] },
        { startSeconds: HOUR, truths: [2] },
      ])
    );
    const still = hoursOf(DAYS * DAY_HOURS, { truth: () => 5 });
    assert.ok(['unknown', 'steady', 'sensorFreeze'].includes(played(still).verdict.kind));
    const daily = Array.from({ length: 30 }, (_, day) => ({ startSeconds: day * 86_400, truths: [day % 3] }));
    assert.doesNotThrow(() => played(daily, newDriftState(86_400)));
  });
});

const mirrored = ({
  low,
  median,
  high,
}: {
  low: ArrayLike<number>;
  median: ArrayLike<number>;
  high: ArrayLike<number>;
}) => {
  const turn = (values: ArrayLike<number>) => Array.from(values, (value) => 200 - value);
  return { low: turn(high), median: turn(median), high: turn(low) };
};

it('the threshold of what lies far to one side is passed by noise about as often as stated, and asks for less where days are alike', () => {
  const random = seededRandom(4);
  const shapes = [
    [() => Math.abs(randomNormal(random)), 1.3],
    [() => randomNormal(random) ** 2, 1.8],
    [() => (1 - random()) ** (-1 / 3), 3.5],
  ] as const;
  for (const [shape, most] of shapes) {
    const draw = () => Math.max(...Array.from({ length: 24 }, shape));
    let [passed, days, lower] = [0, 0, 0];
    for (let series = 0; series < 60; series++) {
      let gauge = NEW_GAUGE;
      for (let day = 0; day < 60; day++) {
        const value = draw();
        const threshold = alarmThreshold(gauge, 120, 'excess');
        passed += threshold !== undefined && value > threshold ? 1 : 0;
        days += threshold === undefined ? 0 : 1;
        lower += threshold !== undefined && threshold < alarmThreshold(gauge, 120)! ? 1 : 0;
        gauge = gaugeAfter(gauge, day * 86_400, value, 120, 'excess');
      }
    }
    assert.ok(passed / days < most / 120, `${String(passed)} of ${String(days)}`);
    assert.ok(lower > days / 2, `${String(lower)} of ${String(days)}`);
  }
});

it('the threshold of a statistic is passed by noise on no more days than stated, on twice as many where its tail is heavy', () => {
  const random = seededRandom(3);
  const shapes = [
    () => Math.abs(randomNormal(random)),
    () => randomNormal(random) ** 2,
    () => (1 - random()) ** (-1 / 3),
  ];
  for (const [index, shape] of shapes.entries()) {
    const draw = () => Math.max(...Array.from({ length: 24 }, shape));
    let [passed, days] = [0, 0];
    for (let series = 0; series < 40; series++) {
      let gauge = NEW_GAUGE;
      for (let day = 0; day < 60; day++) {
        const value = draw();
        const threshold = alarmThreshold(gauge, 60);
        passed += threshold !== undefined && value > threshold ? 1 : 0;
        days += threshold === undefined ? 0 : 1;
        gauge = gaugeAfter(gauge, day * 86_400, value, 60);
      }
    }
    assert.ok(passed / days < (index === 2 ? 2 : 1.5) / 60, `${String(passed)} of ${String(days)}`);
  }
});

it('a history is put at the present level, gaps stay gaps, and nothing becomes negative', () => {
  const grid = { startSeconds: 0, stepSeconds: STEP, length: 4 };
  const series = { grid, values: Float64Array.of(10, Number.NaN, 20, 26) };
  const shifted = relevelled(series, [{ atSeconds: 2 * STEP, offset: 5, ratio: 2 }]);
  assert.deepEqual([...shifted.values], [20, Number.NaN, 20, 26]);
  const lower = relevelled(series, [{ atSeconds: 3 * STEP, offset: -15, ratio: null }]);
  assert.deepEqual([...lower.values], [0, Number.NaN, 5, 26]);
  assert.equal(relevelled(series, []), series);
  assert.equal(relevelled(series, [{ atSeconds: -STEP, offset: 5, ratio: 2 }]), series);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import {
  designSwitchback,
  judgeSwitchback,
  planSwitchback,
  switchbackWords,
  windowAt,
  windowOutcomes,
  type SwitchbackPlan,
} from './index.ts';
import { pairInterval } from './pairInterval.ts';
import { spentBounds } from './spentBounds.ts';
import { stagewiseDrifts } from './stagewiseDrifts.ts';

const DAY = 86_400;
const PLAN: SwitchbackPlan = {
  startSeconds: 20 * DAY,
  windowSeconds: 7200,
  burnInSeconds: 1800,
  periodSeconds: DAY,
  blockCount: 7,
  seed: 3,
};

const plans = fc.record({
  startSeconds: fc.integer({ min: 0, max: 2e9 }),
  windowSeconds: fc.constantFrom(3600, 7200, 14_400, 43_200, DAY),
  burnInSeconds: fc.integer({ min: 0, max: 3599 }),
  periodSeconds: fc.constantFrom(DAY, 7 * DAY),
  blockCount: fc.integer({ min: 1, max: 6 }),
  seed: fc.integer(),
});

/** Outcomes that follow each other, with an effect of `b` and some of them missing. */
function world(plan: SwitchbackPlan, effect: number, missing = 0, noise = 1) {
  const design = designSwitchback(plan);
  const random = seededRandom(plan.seed + 1);
  let level = 0;
  const outcome = (): Float64Array => Float64Array.from(design.arms, () => Number.NaN);
  const [whole, early, late] = [outcome(), outcome(), outcome()];
  design.arms.forEach((arm, window) => {
    level = 0.9 * level + noise * randomNormal(random);
    const value =
      20 + 5 * Math.sin((2 * Math.PI * window) / design.windowsAPeriod) + level + (arm === 'b' ? effect : 0);
    whole[window] = random() < missing ? Number.NaN : value;
    early[window] = whole[window] + 0.1 * noise * randomNormal(random);
    late[window] = whole[window] + 0.1 * noise * randomNormal(random);
  });
  return { design, outcomes: { whole, early, late } };
}

describe('the design of a switchback test', () => {
  it('gives each time of the day, in each block, one window of either arm', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { arms, windowsAPeriod, endSeconds } = designSwitchback(plan);
        assert.equal(arms.length, 2 * plan.blockCount * windowsAPeriod);
        assert.equal(endSeconds, plan.startSeconds + 2 * plan.blockCount * plan.periodSeconds);
        for (let first = 0; first < arms.length; first++) {
          if (Math.floor(first / windowsAPeriod) % 2 === 0) {
            assert.notEqual(arms[first], arms[first + windowsAPeriod]);
          }
        }
        assert.deepEqual(designSwitchback(plan).arms, arms);
      })
    );
  });

  it('throws coins that are fair and know nothing of each other', () => {
    const { arms } = designSwitchback({ ...PLAN, blockCount: 400 });
    const first = arms.filter((_, window) => Math.floor(window / 12) % 2 === 0);
    const share = first.filter((arm) => arm === 'a').length / first.length;
    const same = first.filter((arm, index) => arm === first[index + 1]).length / first.length;
    assert.ok(Math.abs(share - 0.5) < 0.03 && Math.abs(same - 0.5) < 0.03, `${String(share)} ${String(same)}`);
  });

  it('tells the window of an instant, and none outside', () => {
    const design = designSwitchback(PLAN);
    assert.equal(windowAt(design, PLAN.startSeconds - 1), undefined);
    assert.equal(windowAt(design, design.endSeconds), undefined);
    const window = windowAt(design, PLAN.startSeconds + 7200);
    assert.deepEqual(window, {
      index: 1,
      arm: design.arms[1],
      startSeconds: PLAN.startSeconds + 7200,
      endSeconds: PLAN.startSeconds + 14_400,
    });
  });

  it('refuses windows that do not fill a period, and burn-ins that leave nothing', () => {
    for (const wrong of [
      { windowSeconds: 7000 },
      { burnInSeconds: 7200 },
      { burnInSeconds: -1 },
      { burnInSeconds: Number.NaN },
      { blockCount: 0 },
      { blockCount: 1.5 },
    ]) {
      assert.throws(() => designSwitchback({ ...PLAN, ...wrong }), RangeError, JSON.stringify(wrong));
    }
  });
});

describe('the bounds of looks', () => {
  it('are those that are published for five looks after O’Brien and Fleming', () => {
    const bounds = spentBounds(
      [1, 2, 3, 4, 5].map((look) => ({ count: look * 10, time: look / 5 })),
      0.05
    );
    // Jennison and Turnbull (2000), table 7.3 of the spending function after O'Brien and Fleming.
    [4.877, 3.357, 2.68, 2.29, 2.031].forEach((expected, index) => {
      assert.ok(Math.abs(bounds[index]!.bound - expected) < 0.001, String(bounds[index]!.bound));
    });
  });

  it('spend nothing while nothing new is measured, and are infinite before the first measurement', () => {
    const bounds = spentBounds(
      [
        { count: 0, time: 0.25 },
        { count: 12, time: 0.5 },
        { count: 12, time: 0.75 },
        { count: 24, time: 1 },
      ],
      0.05
    ).map(({ bound }) => bound);
    assert.equal(bounds[0], Infinity);
    assert.equal(bounds[2], bounds[1]);
    assert.ok(bounds[3]! < bounds[1]!);
  });

  it('leave a single look the quantile of the normal, and its interval the usual one', () => {
    const bounds = spentBounds([{ count: 50, time: 1 }], 0.05);
    assert.ok(Math.abs(bounds[0]!.bound - 1.959964) < 1e-5);
    const [low, high] = stagewiseDrifts(bounds, 1, 0.05);
    assert.ok(Math.abs(low - (1 - 1.959964)) < 1e-4 && Math.abs(high - (1 + 1.959964)) < 1e-4);
  });

  it('leave zero out of the interval at the end just where one was crossed', () => {
    const bounds = spentBounds(
      [1, 2, 3].map((look) => ({ count: look * 20, time: look / 3 })),
      0.05
    );
    for (const [looks, factor] of [
      [1, 1.001],
      [2, 1.001],
      [3, 1.001],
      [3, 0.999],
    ] as const) {
      const seen = bounds.slice(0, looks);
      const [low] = stagewiseDrifts(seen, seen.at(-1)!.bound * factor, 0.05);
      assert.equal(low > 0, factor > 1, `${String(looks)} ${String(factor)} ${String(low)}`);
    }
  });
});

describe('the interval of pairs', () => {
  it('holds its mean, moves with what is added to all and stretches with what multiplies all', () => {
    const pairs = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 12, maxLength: 60 });
    fc.assert(
      fc.property(pairs, fc.double({ min: -50, max: 50, noNaN: true }), (values, shift) => {
        const one = pairInterval(Float64Array.from(values), 2)!;
        const moved = pairInterval(
          Float64Array.from(values, (value) => 3 * value + shift),
          2
        )!;
        assert.ok(one.low <= one.effect && one.effect <= one.high);
        assert.ok(Math.abs(moved.low - (3 * one.low + shift)) < 1e-6);
        assert.ok(Math.abs(moved.high - (3 * one.high + shift)) < 1e-6);
      })
    );
  });

  it('is absent without a pair, and infinite with too few for its bound', () => {
    assert.equal(pairInterval(Float64Array.from([Number.NaN]), 2), undefined);
    const few = pairInterval(Float64Array.from([1, 2, 3, Number.NaN]), 2)!;
    assert.deepEqual([few.pairs, few.low, few.high], [3, -Infinity, Infinity]);
  });
});

describe('the judgement of a switchback test', () => {
  it('finds a large effect early, with the arm that is lower, and an interval around it', () => {
    const { design, outcomes } = world(PLAN, -4);
    const judgement = judgeSwitchback(design, outcomes, design.endSeconds);
    assert.equal(judgement.lower, 'b');
    assert.ok(judgement.looks.length < 7 && judgement.isOver);
    const { low, high } = judgement.looks.at(-1)!.interval!;
    assert.ok(low < -4 && -4 < high && high < 0);
  });

  it('says the same however often it is looked at', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: -3, max: 3, noNaN: true }), fc.nat(14), (seed, effect, day) => {
        const { design, outcomes } = world({ ...PLAN, seed }, effect, 0.05);
        const at = (seconds: number) => judgeSwitchback(design, outcomes, design.startSeconds + seconds);
        const [now, end] = [at(day * DAY), at(14 * DAY)];
        if (now.isOver) {
          assert.deepEqual(now.looks, end.looks);
        }
        assert.equal(now.looks.length, Math.min(Math.floor(day / 2), end.looks.length));
      }),
      { numRuns: 8 }
    );
  });

  it('mirrors: the arms renamed turn the effect around', () => {
    const { design, outcomes } = world(PLAN, 2);
    const swapped = { ...design, arms: design.arms.map((arm) => (arm === 'a' ? ('b' as const) : ('a' as const))) };
    const [one, other] = [design, swapped].map((each) => judgeSwitchback(each, outcomes, design.endSeconds));
    assert.ok(Math.abs(one!.looks.at(-1)!.interval!.effect + other!.looks.at(-1)!.interval!.effect) < 1e-9);
    assert.equal(one!.lower, 'a');
    assert.equal(other!.lower, 'b');
  });

  it('leaves pairs out that lack a window, tells their share, and says nothing where nothing was measured', () => {
    const { design, outcomes } = world(PLAN, 0, 0.3);
    const judgement = judgeSwitchback(design, outcomes, design.endSeconds);
    assert.ok(judgement.missingShare > 0.3 && judgement.missingShare < 0.7);
    assert.ok(judgement.looks.at(-1)!.interval!.pairs < 84 * 0.7);
    const blank = Float64Array.from(design.arms, () => Number.NaN);
    const none = judgeSwitchback(design, { whole: blank, early: blank, late: blank }, design.endSeconds);
    assert.deepEqual([none.lower, none.isOver, none.missingShare], [undefined, true, 1]);
    assert.equal(none.looks.at(-1)!.interval, undefined);
  });

  it('does not begin to judge before its start', () => {
    const { design, outcomes } = world(PLAN, 9);
    assert.deepEqual(judgeSwitchback(design, outcomes, design.startSeconds - DAY).looks, []);
  });

  it('suspects a carry-over where the arm before shows, and none where it does not', () => {
    const { design, outcomes } = world(PLAN, 5, 0, 0.3);
    assert.equal(judgeSwitchback(design, outcomes, design.endSeconds).carryOver!.isSuspected, false);
    const early = outcomes.early.map((value, window) => {
      const before = design.arms[window - 1] ?? design.arms[window];
      return value + (before === design.arms[window] ? 0 : before === 'b' ? 1.5 : -1.5);
    });
    const { carryOver } = judgeSwitchback(design, { ...outcomes, early }, design.endSeconds);
    assert.ok(carryOver!.isSuspected && carryOver!.effect > 1, JSON.stringify(carryOver));
  });
});

describe('what is known before a test', () => {
  const past = (days: number): Float64Array => {
    const random = seededRandom(9);
    let level = 0;
    return Float64Array.from({ length: days * 12 }, (_, window) => {
      level = 0.8 * level + randomNormal(random);
      return 10 + 3 * Math.sin((2 * Math.PI * window) / 12) + level;
    });
  };

  it('is a smaller effect for a longer test', () => {
    const plan = planSwitchback(past(28), 12, [3, 7, 14], 1)!;
    const [short, middle, long] = plan.points.map(({ minimumEffect }) => minimumEffect);
    assert.ok(short! > middle! && middle! > long! && long! > 0);
    assert.ok(Math.abs(plan.autocorrelation - 0.8) < 0.15, String(plan.autocorrelation));
  });

  it('is nothing with fewer than four periods, gaps or not', () => {
    assert.equal(planSwitchback(past(3), 12, [7], 1), undefined);
    assert.equal(planSwitchback(past(28).fill(Number.NaN), 12, [7], 1), undefined);
    assert.notEqual(planSwitchback(past(4), 12, [7], 1), undefined);
  });

  it('is no effect at all where nothing varies', () => {
    assert.equal(planSwitchback(new Float64Array(120).fill(4), 12, [7], 1)!.points[0]!.minimumEffect, 0);
  });
});

describe('the outcomes of windows', () => {
  it('are means after the burn-in, whole and by halves; missing where fewer than half is measured', () => {
    const plan = { ...PLAN, startSeconds: 0, blockCount: 1, windowSeconds: 43_200, burnInSeconds: 3600 };
    const length = (2 * DAY) / 600;
    const values = Float64Array.from({ length }, (_, step) => step);
    values.fill(Number.NaN, 72, 130);
    const { whole, early, late } = windowOutcomes(designSwitchback(plan), {
      grid: { startSeconds: 0, stepSeconds: 600, length },
      values,
    });
    assert.deepEqual([whole[0], early[0], late[0]], [38.5, 22, 55]);
    assert.ok(Number.isNaN(whole[1]!) && Number.isNaN(early[1]!));
  });
});

describe('the verdict in words', () => {
  const words = (effect: number, missing = 0) => {
    const { design, outcomes } = world(PLAN, effect, missing);
    return switchbackWords({
      judgement: judgeSwitchback(design, outcomes, design.endSeconds),
      arms: { a: 'risk 0.01', b: 'risk 0.05' },
      outcome: 'cost an hour',
      unit: 'USD',
    }).join(' ');
  };

  it('names the better configuration, the effect and how sure it is', () => {
    assert.match(
      words(-4),
      /^risk 0\.05 \(b\) has a lower cost an hour than risk 0\.01 \(a\): b less a is -\d.* USD, .*95 %/
    );
    assert.match(words(4), /^risk 0\.01 \(a\) has a lower/);
  });

  it('does not sell no difference as sameness, and tells what is missing', () => {
    assert.match(words(0), /^No difference was found .*cannot be told apart from nothing/);
    assert.match(words(0, 0.3), /% of the pairs lack a measurement/);
    assert.match(words(0, 1), /^Too few pairs/);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { followScenarios } from './followScenarios.ts';
import { newTally, withDay, withStep } from './dayTally.ts';
import { learntPriors, type FollowedDays } from './learntPriors.ts';
import type { PresentProfile } from './presentProfile.ts';
import { scenarioPriors } from './scenarioPriors.ts';

const STEPS = 72;
const LEVEL = 100;
const SPREAD = 8;

/** The baseline, half as much again, and a scenario that looks like the baseline. */
const profile: PresentProfile = {
  grid: { startSeconds: 300, stepSeconds: 300, length: STEPS },
  series: ['requests'],
  hypotheses: ['baseline', 'spike', 'zone-loss'],
  values: [1, 1.5, 1].map((factor) => [
    [-1.28, 0, 1.28].map((z) => Array.from({ length: STEPS }, () => factor * (LEVEL + z * SPREAD))),
  ]),
};
const priors = scenarioPriors([{}, {}]);

function follow(truth: (step: number) => number, steps = STEPS, from: readonly number[] = priors): number[][] {
  const all: number[][] = [];
  let weights = [...from];
  for (let step = 0; step < steps; step++) {
    weights = followScenarios(weights, priors, profile, step, [truth(step)]);
    all.push(weights);
  }
  return all;
}

describe('which scenario the present follows', () => {
  it('moves to a planted spike within four steps and back within an hour and a half of five-minute steps', () => {
    const random = seededRandom(3);
    const truth = (step: number) => (step >= 20 && step < 40 ? 1.5 : 1) * (LEVEL + SPREAD * randomNormal(random));
    const spike = follow(truth).map(([, weight]) => weight!);
    assert.ok(Math.max(...spike.slice(0, 20)) < 0.2, `before: ${String(Math.max(...spike.slice(0, 20)))}`);
    assert.ok(spike[23]! > 0.5, `after four steps: ${String(spike[23])}`);
    assert.ok(Math.min(...spike.slice(25, 40)) > 0.7, 'during');
    assert.ok(spike[45]! < 0.3, `after: ${String(spike[45])}`);
    assert.ok(Math.max(...spike.slice(58)) < 0.1, 'an hour and a half later');
  });

  it('is not moved by noise that follows itself, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed);
        let error = 0;
        const truth = () => LEVEL + (error = 0.7 * error + 0.7 * SPREAD * randomNormal(random));
        assert.ok(follow(truth).every(([baseline]) => baseline! > 0.6));
      }),
      { numRuns: 50 }
    );
  });

  it('is not decided by one odd measurement', () => {
    const weights = follow((step) => (step === 10 ? 10 * LEVEL : LEVEL));
    assert.ok(weights.every(([baseline]) => baseline! > 0.5));
  });

  it('leaves what it cannot tell from the baseline near its prior', () => {
    for (const [baseline, , loss] of follow(() => LEVEL)) {
      assert.ok(Math.abs(loss! / baseline! - priors[2]! / priors[0]!) < 0.02);
    }
  });

  it('goes back to the priors where nothing is measured', () => {
    const last = follow(() => Number.NaN, STEPS, [0.1, 0.8, 0.1]).at(-1)!;
    last.forEach((weight, i) => {
      assert.ok(Math.abs(weight - priors[i]!) < 0.05);
    });
  });

  it('gives weights that add up to 1 and never vanish, whatever is measured', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: STEPS }), (values) => {
        for (const weights of follow((step) => values[step]!, values.length)) {
          assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-9);
          assert.ok(weights.every((weight, i) => weight >= Math.min(0.01, 0.2 * priors[i]!) - 1e-12));
        }
      })
    );
  });

  it('has priors by probability, a twentieth where none is named, and at least half for the baseline', () => {
    assert.deepEqual(scenarioPriors([]), [1]);
    assert.deepEqual(scenarioPriors([{ probability: 0.2 }]), [0.8, 0.2]);
    assert.deepEqual(scenarioPriors([{ probability: 1 }, { probability: 1 }]), [0.5, 0.25, 0.25]);
    assert.deepEqual(scenarioPriors([{}])[1], 0.05);
  });
});

describe('priors that the past has taught', () => {
  const counts = fc.record({ followed: fc.nat(400), missed: fc.nat(400) });
  const toDays = (list: ReadonlyArray<{ followed: number; missed: number }>): FollowedDays[] =>
    list.map(({ followed, missed }) => ({ followed, decided: followed + missed }));

  it('add up to 1, leave the baseline half, and stay within five times what is declared', () => {
    const probability = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.tuple(probability, counts), { maxLength: 5 }), (some) => {
        const declared = scenarioPriors(some.map(([one]) => (one === undefined ? {} : { probability: one })));
        const learnt = learntPriors(declared, toDays(some.map(([, days]) => days)));
        assert.ok(Math.abs(learnt.reduce((sum, prior) => sum + prior, 0) - 1) < 1e-9);
        assert.ok(learnt[0]! >= 0.5 - 1e-9);
        learnt.slice(1).forEach((prior, index) => {
          assert.ok(prior <= 5 * declared[index + 1]! + 1e-9);
          assert.ok(prior > 0);
        });
      })
    );
  });

  it('are what is declared while nothing is decided, and rise with each day that followed', () => {
    assert.deepEqual(learntPriors(priors, []), priors);
    const after = (followed: number, decided: number) => learntPriors(priors, [{ followed, decided }])[1]!;
    assert.equal(after(0, 30), priors[1]! / 2);
    assert.ok(Math.abs(after(3, 30) - (0.05 * 30 + 3) / 60) < 1e-12);
    assert.equal(after(300, 300), 5 * priors[1]!);
    assert.equal(after(0, 3000), priors[1]! / 5);
  });

  const dayOf = (weightAt: (step: number) => number, steps = 288) => {
    let tally = newTally(0, 1);
    for (let step = 0; step < steps; step++) {
      const weight = weightAt(step);
      tally = withStep(tally, [1 - weight, weight], [0.95, 0.05]);
    }
    return withDay([{ followed: 0, decided: 0 }], tally, 300)[0]!;
  };

  it('count a day as followed where the scenario led, as not where much spoke against it, else not at all', () => {
    assert.deepEqual(
      dayOf((step) => (step < 3 ? 0.8 : 0.01)),
      { followed: 1, decided: 1 }
    );
    assert.deepEqual(
      dayOf((step) => (step < 2 ? 0.8 : 0.01)),
      { followed: 0, decided: 1 }
    );
    assert.deepEqual(
      dayOf(() => 0.05),
      { followed: 0, decided: 0 },
      'what cannot be seen in demand'
    );
    assert.deepEqual(
      dayOf(() => 0.01, 100),
      { followed: 0, decided: 0 },
      'a day of which little was measured'
    );
  });

  it('forget: half of what was counted in half a year', () => {
    let days: FollowedDays[] = [{ followed: 10, decided: 10 }];
    for (let day = 0; day < 180; day++) {
      let tally = newTally(day * 86_400, 1);
      for (let step = 0; step < 288; step++) {
        tally = withStep(tally, [0.99, 0.01], [0.95, 0.05]);
      }
      days = withDay(days, tally, 300);
    }
    assert.ok(Math.abs(days[0]!.followed - 5) < 1e-9);
  });
});

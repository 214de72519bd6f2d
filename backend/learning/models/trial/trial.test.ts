import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../../random/index.ts';
import { betOn, NO_BET } from './bettingTest.ts';
import { LEAST_BLOCKS, MOST_BLOCKS, newTrial, TRIAL_ALPHA, verdictByDays, verdictOf, withBlock } from './pairedTrial.ts';
import { addLosses, pairLosses, type ForecastPair } from './pairLosses.ts';
import { trialStateSchema, type TrialState } from './trialState.ts';
import { trialWords } from './trialWords.ts';

const block = (champion: number, challenger: number) => ({ requests: { count: 10, champion: 10 * champion, challenger: 10 * challenger } });
const after = (blocks: ReadonlyArray<readonly [number, number]>): TrialState =>
  blocks.reduce((trial, [a, b]) => withBlock(trial, block(a, b)), newTrial(0));
const constant = (a: number, b: number, count: number) => after(Array.from({ length: count }, () => [a, b] as const));

describe('a bet', () => {
  it('gains nothing on average where the mean is 0, whatever came before: its wealth is a martingale', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { maxLength: 40 }),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        (past, down, up) => {
          const betting = past.reduce((sum, each) => betOn(sum, each, 0.5), NO_BET);
          const share = down / (down + up);
          const wealth = (value: number) => Math.exp(betOn(betting, value, 0.5).logWealth - betting.logWealth);
          const mean = share * wealth(up) + (1 - share) * wealth(-down);
          assert.ok(mean <= 1 + 1e-9, String(mean));
        }
      )
    );
  });

  it('never loses all, even at the worst', () => {
    let betting = Array.from({ length: 30 }).reduce<typeof NO_BET>((sum) => betOn(sum, 0.5, 0.5), NO_BET);
    for (let i = 0; i < 30; i++) {
      betting = betOn(betting, -0.5, 0.5);
      assert.ok(Number.isFinite(betting.logWealth));
    }
  });
});

describe('a trial', () => {
  it('finds a challenger better that always is, not before a week, and a worse one worse', () => {
    assert.equal(verdictOf(constant(1, 0.5, LEAST_BLOCKS - 1)), 'undecided');
    assert.equal(verdictByDays(constant(1, 0.5, 20)), 'better');
    assert.equal(verdictOf(constant(1, 0.5, 30)), 'better');
    assert.equal(verdictOf(constant(1, 1.5, 20)), 'worse');
  });

  it('takes what is better by less than is worth a change for no better', () => {
    assert.equal(verdictOf(constant(1, 0.992, MOST_BLOCKS - 1)), 'undecided');
    assert.equal(verdictOf(constant(1, 0.992, MOST_BLOCKS)), 'noBetter');
  });

  it('is not deceived by a challenger that is mostly a little better and seldom terrible', () => {
    const days = Array.from({ length: MOST_BLOCKS }, (_, day) => [1, day % 14 === 13 ? 8 : 0.8] as const);
    for (let count = 1; count <= days.length; count++) {
      const state = after(days.slice(0, count));
      assert.ok(count < 15 || verdictOf(state) !== 'better', `${String(count)}: ${trialWords(state)}`);
    }
  });

  it('promotes no more than its error rate of those that lose as much in sum, on few terrible days', () => {
    const runs = 200;
    let [promoted, byDays] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(run);
      let state = newTrial(0);
      for (let day = 0; day < MOST_BLOCKS && verdictOf(state) === 'undecided'; day++) {
        const champion = Math.exp(0.3 * randomNormal(random));
        state = withBlock(state, block(champion, champion * (random() < 0.05 ? 2.7 : 0.9105)));
        byDays += verdictByDays(state) === 'better' ? 1 : 0;
      }
      promoted += verdictOf(state) === 'better' ? 1 : 0;
    }
    assert.ok(byDays > runs * TRIAL_ALPHA, 'days alone would have been deceived');
    assert.ok(promoted <= runs * TRIAL_ALPHA, `${String(promoted)} of ${String(runs)}`);
  });

  it('goes on from what was kept before there was a bet on sums', () => {
    const { tail, ...former } = constant(1, 0.5, 30);
    const taken = trialStateSchema.parse(former);
    assert.equal(tail.logs.length, 29);
    assert.equal(taken.tail.betting.count, 0);
    assert.equal(verdictOf(taken), 'undecided');
  });

  it('does not care for the size of what is measured', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), fc.integer(), (exponent, seed) => {
        const random = seededRandom(seed);
        const days = Array.from({ length: 20 }, () => [1 + random(), 0.8 + random()] as const);
        const scaled = days.map(([a, b]) => [a * 2 ** exponent, b * 2 ** exponent] as const);
        assert.equal(after(days).better.logWealth, after(scaled).better.logWealth);
      })
    );
  });

  it('looks at no block that has no truths, no measure, or no numbers', () => {
    const trial = constant(1, 0.9, 5);
    const without = withBlock(trial, {});
    assert.equal(without.blocks, trial.blocks);
    assert.equal(withBlock(trial, { requests: { count: 0, champion: 0, challenger: 0 } }).blocks, trial.blocks);
    assert.equal(withBlock(trial, { requests: { count: 1, champion: Number.NaN, challenger: 1 } }).blocks, trial.blocks);
    assert.equal(withBlock(newTrial(0), block(0, 0)).blocks, 0);
    assert.ok(trialStateSchema.safeParse(trial).success);
  });

  it('promotes no more than its error rate of equals, whose losses are heavy-tailed and have a memory', () => {
    const runs = 300;
    let promoted = 0;
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(run);
      let memory = 0;
      let state = newTrial(0);
      for (let day = 0; day <= MOST_BLOCKS && verdictOf(state) === 'undecided'; day++) {
        memory = 0.4 * memory + randomNormal(random);
        const heavy = memory / Math.sqrt((randomNormal(random) ** 2 + randomNormal(random) ** 2 + randomNormal(random) ** 2) / 3);
        const champion = Math.exp(0.3 * randomNormal(random));
        state = withBlock(state, block(champion, Math.max(0, champion + 0.06 * heavy)));
      }
      promoted += verdictOf(state) === 'better' ? 1 : 0;
    }
    assert.ok(promoted <= runs * TRIAL_ALPHA, `${String(promoted)} of ${String(runs)}`);
  });

  it('is told in words', () => {
    assert.match(trialWords(newTrial(0)), /no day is compared yet/);
    assert.match(trialWords(constant(1, 0.9, 11)), /^ahead by 10\.0 % over 11 days, e-value for better \d.* of 20 needed, 73 days left$/);
    assert.match(trialWords(constant(1, 1.2, 4)), /^behind by 20\.0 % over 4 days, e-value for worse .*, at least 7 days$/);
  });
});

describe('paired losses', () => {
  const levels = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
  const said = (name: string, value: number) => ({ name, levels, values: new Float64Array(9 * 4).fill(value) });
  const grid = { startSeconds: 300, stepSeconds: 300, length: 4 };
  const pair: ForecastPair = { cutoffSeconds: 0, grid, champion: [said('a', 1), said('b', 1)], challenger: [said('a', 2)] };
  const actual = new Map([['a', { grid: { startSeconds: 0, stepSeconds: 300, length: 4 }, values: Float64Array.of(9, 2, Number.NaN, 2) }]]);

  it('are over the same truths: those measured, after the cutoff, up to the end, that both foresaw', () => {
    const losses = pairLosses(pair, actual, 1200);
    assert.deepEqual(Object.keys(losses), ['a']);
    assert.deepEqual([losses['a']!.count, losses['a']!.challenger], [2, 0]);
    assert.ok(Math.abs(losses['a']!.champion - 2) < 1e-12);
    assert.equal(pairLosses(pair, actual, 300)['a']!.count, 1);
    assert.deepEqual(pairLosses(pair, new Map(), 1200), {});
    const twice = addLosses(losses, losses)['a']!;
    assert.deepEqual([twice.count, twice.challenger], [4, 0]);
  });

  it('are none on another grid', () => {
    const other = new Map([['a', { ...actual.get('a')!, grid: { startSeconds: 0, stepSeconds: 60, length: 4 } }]]);
    assert.deepEqual(pairLosses(pair, other, 1200), {});
  });
});

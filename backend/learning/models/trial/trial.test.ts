import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Forecast } from '../../../forecasting/index.ts';
import { randomNormal, seededRandom } from '../../../random/index.ts';
import { CRPS_LEVELS, pinballLoss } from '../../../statistics/index.ts';
import { betOn, NO_BET } from './bettingTest.ts';
import { LEAST_BLOCKS, MOST_BLOCKS, newTrial, TRIAL_ALPHA, verdictByDays, verdictOf, withBlock } from './pairedTrial.ts';
import { leashed, LEASH, leashesOf } from './leash.ts';
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

  it('promotes no more than its error rate of those that lose as much in sum, on few bad days at the end of the leash', () => {
    const runs = 200;
    let promoted = 0;
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(run);
      let state = newTrial(0);
      for (let day = 0; day < MOST_BLOCKS && verdictOf(state) === 'undecided'; day++) {
        const champion = Math.exp(0.3 * randomNormal(random));
        const most = leashesOf(state)['requests'] ?? Number.POSITIVE_INFINITY;
        const challenger = random() < 0.2 ? champion + LEASH : champion - 0.25 * LEASH;
        state = withBlock(state, block(champion, Math.max(0, Math.min(challenger, champion + most))));
      }
      promoted += verdictOf(state) === 'better' ? 1 : 0;
    }
    assert.ok(promoted <= runs * TRIAL_ALPHA, `${String(promoted)} of ${String(runs)}`);
  });

  it('promotes one that is better by a tenth within four weeks', () => {
    const random = seededRandom(11);
    const days = Array.from({ length: 60 }, () => {
      const runs = seededRandom(Math.floor(random() * 1e6));
      let state = newTrial(0);
      for (let day = 0; day < MOST_BLOCKS && verdictOf(state) === 'undecided'; day++) {
        const champion = Math.exp(0.3 * randomNormal(runs));
        state = withBlock(state, block(champion, 0.9 * champion * (1 - 0.06 * randomNormal(runs))));
      }
      return verdictOf(state) === 'better' ? state.blocks : Number.POSITIVE_INFINITY;
    });
    const sorted = days.sort((x, y) => x - y);
    assert.ok(sorted[30]! <= 28, sorted.join(' '));
  });

  it('goes on from what was kept before there was a bet on sums', () => {
    const { tail, ...former } = constant(1, 0.5, 30);
    const taken = trialStateSchema.parse(former);
    assert.equal(tail.betting.count, 29);
    assert.equal(taken.tail.betting.count, 0);
    const summed = { ...former, tail: { betting: NO_BET, usual: { requests: { sum: 6, blocks: 2 } }, logs: [0] } };
    assert.deepEqual(trialStateSchema.parse(summed).tail.usual, { requests: [3] });
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

describe('a leash', () => {
  const forecast = (rows: ReadonlyArray<readonly number[]>): Forecast => ({
    grid: { startSeconds: 300, stepSeconds: 300, length: rows[0]!.length },
    levels: CRPS_LEVELS,
    values: Float64Array.from(rows.flat()),
    mean: Float64Array.from(rows[4]!),
    model: 'auto',
    warnings: [],
  });
  const rows = fc.array(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 9, maxLength: 9 }), { minLength: 1, maxLength: 6 }).map((steps) => {
    const sorted = steps.map((step) => [...step].sort((a, b) => a - b));
    return forecast(CRPS_LEVELS.map((_, row) => sorted.map((step) => step[row]!)));
  });
  const lossOf = ({ values, grid }: Forecast, truths: readonly number[]): number =>
    truths.reduce(
      (sum, truth, step) =>
        sum + CRPS_LEVELS.reduce((all, level, row) => all + (2 * pinballLoss(truth, values[row * grid.length + step]!, level)) / 9, 0),
      0
    ) / truths.length;

  it('lets no truths make it cost more than is allowed, over any beginning, and keeps quantiles in order', () => {
    fc.assert(
      fc.property(rows, rows, fc.double({ min: 0.01, max: 20, noNaN: true }), fc.array(fc.double({ min: -50, max: 150, noNaN: true }), { minLength: 6, maxLength: 6 }), (own, other, most, truths) => {
        fc.pre(own.grid.length === other.grid.length);
        const said = leashed(own, other, most);
        for (let count = 1; count <= own.grid.length; count++) {
          const some = truths.slice(0, count);
          assert.ok(lossOf(said, some) <= lossOf(other, some) + most + 1e-9);
        }
        const steps = own.grid.length;
        assert.ok(said.values.every((value, cell) => cell < steps || value >= said.values[cell - steps]! - 1e-9));
      })
    );
  });

  it('leaves what is near as it is, and of what is won at least its share', () => {
    const [near, far, other] = [9, 6, 10].map((value) => forecast(CRPS_LEVELS.map(() => [value, value]))) as [Forecast, Forecast, Forecast];
    assert.equal(leashed(near, other, 1), near);
    const said = leashed(far, other, 1);
    assert.ok(Math.abs(said.values[0]! - 9) < 1e-9, String(said.values[0]));
    assert.ok(lossOf(said, [6, 6]) < lossOf(other, [6, 6]));
  });

  it('ties only forecasts of the same instants and levels', () => {
    const one = forecast(CRPS_LEVELS.map(() => [1, 2]));
    assert.throws(() => leashed(one, forecast(CRPS_LEVELS.map(() => [1])), 1), RangeError);
    assert.throws(() => leashed({ ...one, levels: one.levels.map((level) => level / 2) }, one, 1), RangeError);
  });

  it('is as long as the usual loss of the one it is tied to, known from the days before', () => {
    assert.deepEqual(leashesOf(newTrial(0)), {});
    assert.deepEqual(leashesOf(after([[2, 1], [4, 1], [90, 1]])), { requests: LEASH * 4 });
    assert.deepEqual(leashesOf(newTrial(0, { requests: [5] })), { requests: LEASH * 5 });
  });
});

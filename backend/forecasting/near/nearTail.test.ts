import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { nearLearner, type NearMoment } from '../index.ts';
import { excessRate } from './excessRate.ts';
import { excess, pastExcesses } from './pastExcesses.ts';

const DAY = 288;
const OPTIONS = { horizon: 4, seasonSteps: 1, isThorough: true };

function seriesOf(values: Float64Array): Series {
  return { grid: { startSeconds: 0, stepSeconds: 300, length: values.length }, values };
}

/** Noise that is the same all day, and between the two times of the day now and then a jump. */
function jumpy(length: number, seed: number, from: number, to: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, (_, t) => {
    const noise = Math.exp(0.03 * randomNormal(random));
    const jumps = random() < 0.06;
    return 1000 * noise * (jumps && t % DAY >= from && t % DAY < to ? 1.4 : 1);
  });
}

function momentAfter(values: Float64Array): NearMoment {
  return nearLearner(seriesOf(values), OPTIONS).moment()!;
}

test('large errors are likelier at the time of day at which they came', () => {
  const values = jumpy(14 * DAY, 7, 120, 200);
  const risk = (rows: number): number => momentAfter(values.subarray(0, rows)).ahead(2).exceedance(1250);
  const [within, without] = [risk(12 * DAY + 160), risk(12 * DAY + 40)];
  assert.ok(within > 4 * without, `${String(within)} beside ${String(without)}`);
});

test('the probability of more falls from 1 to 0, whatever came', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 6 * DAY }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 6 }),
      (seed, rows, missing, lead) => {
        const values = jumpy(rows, seed, 60, 90);
        values.fill(Number.NaN, Math.max(0, rows - missing - 20), Math.max(0, rows - 20));
        const moment = nearLearner(seriesOf(values), OPTIONS).moment();
        if (moment === undefined) {
          return;
        }
        const ahead = moment.ahead(lead);
        let before = 1;
        for (let value = 0; value < 4000; value += 25) {
          const above = ahead.exceedance(value);
          assert.ok(above >= 0 && above <= before, `${String(value)}: ${String(above)} after ${String(before)}`);
          before = above;
        }
        assert.ok(Math.abs(ahead.exceedance(ahead.median) - 0.5) < 0.02);
      }
    ),
    { numRuns: 25 }
  );
});

test('rows one by one, or at once: the same probabilities to the bit, and no later row counts', () => {
  const values = jumpy(5 * DAY, 3, 60, 120);
  values.fill(Number.NaN, 700, 720);
  const known = 4 * DAY;
  const oneByOne = nearLearner(seriesOf(values.subarray(0, 3 * DAY)), OPTIONS);
  for (let rows = 3 * DAY + 1; rows <= known; rows++) {
    oneByOne.learn(seriesOf(values.subarray(0, rows)));
  }
  const changed = values.slice();
  changed.fill(9000, known);
  const atOnce = nearLearner(seriesOf(values.subarray(0, 3 * DAY)), OPTIONS);
  atOnce.learn(seriesOf(changed.subarray(0, known)));
  for (const lead of [1, 3, 4]) {
    for (const value of [900, 1050, 1300]) {
      const probability = oneByOne.moment()!.ahead(lead).exceedance(value);
      assert.equal(probability, atOnce.moment()!.ahead(lead).exceedance(value));
    }
  }
});

test('a rate that has learnt nothing says as usual, and never goes beyond an eighth or eight times', () => {
  const rate = excessRate(2);
  assert.equal(rate.factor(Float64Array.of(1, 5)), 1);
  for (let i = 0; i < 3000; i++) {
    const busy = i % 10 === 0 ? 5 : -0.5;
    rate.learn(Float64Array.of(1, busy), i % 10 === 0 ? 6 : 0);
  }
  assert.ok(rate.factor(Float64Array.of(1, 5)) > 4);
  assert.ok(Math.abs(rate.factor(Float64Array.of(1, 500)) - 8) < 1e-9);
  assert.ok(Math.abs(rate.factor(Float64Array.of(1, -500)) - 1 / 8) < 1e-9);
});

test('a rate finds how many times the usual two kinds of rows bring', () => {
  const random = seededRandom(5);
  const rate = excessRate(2);
  for (let i = 0; i < 20_000; i++) {
    const isBusy = i % 2 === 0;
    rate.learn(Float64Array.of(1, isBusy ? 1 : 0), random() < (isBusy ? 0.3 : 0.1) ? 1 : 0);
  }
  assert.ok(Math.abs(rate.usual() - 0.2) < 0.01);
  assert.ok(Math.abs(rate.factor(Float64Array.of(1, 1)) - 1.5) < 0.15);
  assert.ok(Math.abs(rate.factor(Float64Array.of(1, 0)) - 0.5) < 0.1);
});

test('sums of excesses are those of the rows asked for, as far as there are any and they are kept', () => {
  const errors = fc.array(fc.option(fc.double({ min: -9, max: 20, noNaN: true }), { nil: undefined }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      errors,
      fc.integer({ min: -5, max: 70 }),
      fc.integer({ min: -5, max: 70 }),
      fc.integer({ min: 1, max: 80 }),
      (noted, from, to, kept) => {
        const past = pastExcesses(2, 6, kept);
        noted.forEach((error) => {
          past.add(error);
        });
        const first = Math.max(from, noted.length - kept);
        const asked = noted.filter((error, row) => error !== undefined && row >= first && row <= to);
        const sum = asked.reduce<number>((total, error) => total + excess(error!, 2, 6), 0);
        assert.ok(Math.abs(past.sum(from, to) - sum) < 1e-9);
        assert.equal(past.count(from, to), asked.length);
      }
    )
  );
});

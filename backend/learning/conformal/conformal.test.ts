import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { PUBLISHED_LEVELS, type Forecast } from '../../forecasting/index.ts';
import { seededRandom, randomNormal } from '../../random/index.ts';
import { normalQuantile } from '../../statistics/index.ts';
import { beginHour, conformed, correctionOf, learnConformal, newConformalState, type ConformalState } from './index.ts';

const LEVELS = [0.05, 0.1, 0.5, 0.9, 0.95];
const COUNT = 12;

/** Hours of truths with this spread and offset beside forecasts of a standard normal. */
function learnt(hours: number, spread: number, offset: number): ConformalState {
  const random = seededRandom(11);
  const quantiles = LEVELS.map((level) => new Array<number>(COUNT).fill(normalQuantile(level)));
  let state = newConformalState(LEVELS, [0]);
  for (let hour = 0; hour < hours; hour++) {
    const truths = Array.from({ length: COUNT }, () => offset + spread * randomNormal(random));
    state = learnConformal(beginHour(state), 0, { quantiles, truths });
  }
  return state;
}

function forecastOf(length: number): Forecast {
  const values = new Float64Array(PUBLISHED_LEVELS.length * length);
  PUBLISHED_LEVELS.forEach((level, row) => values.fill(10 + normalQuantile(level), row * length, (row + 1) * length));
  const grid = { startSeconds: 300, stepSeconds: 300, length };
  return { grid, levels: PUBLISHED_LEVELS, values, mean: new Float64Array(length).fill(10), model: 'm', warnings: [] };
}

const q = ({ values, levels, grid }: Forecast, level: number) => values[levels.indexOf(level) * grid.length]!;

it('leaves a forecast that holds nearly as it is, and says nothing before it has learnt', () => {
  assert.equal(correctionOf(newConformalState(LEVELS, [0, 3])), undefined);
  const moved = conformed(forecastOf(12), correctionOf(learnt(200, 1, 0))!, false);
  assert.ok(Math.abs(q(moved, 0.9) - q(forecastOf(12), 0.9)) < 0.3);
});

it('widens a band that is too narrow, and moves one that is off, within a day', () => {
  const wide = conformed(forecastOf(12), correctionOf(learnt(24, 3, 0))!, false);
  assert.ok(q(wide, 0.95) - q(wide, 0.05) > 1.3 * (2 * normalQuantile(0.95)));
  const higher = conformed(forecastOf(12), correctionOf(learnt(24, 1, 3))!, false);
  assert.ok(q(higher, 0.5) > 10.8);
});

it('quantiles never cross and what was never negative stays so, whatever came', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      (offset, spread) => {
        const correction = correctionOf(learnt(30, spread, offset));
        const moved = correction === undefined ? forecastOf(200) : conformed(forecastOf(200), correction, true);
        for (let step = 0; step < 200; step++) {
          let before = 0;
          for (let row = 0; row < PUBLISHED_LEVELS.length; row++) {
            const value = moved.values[row * 200 + step]!;
            assert.ok(value >= before);
            before = value;
          }
        }
      }
    ),
    { numRuns: 20 }
  );
});

it('learns nothing of missing truths, and the state survives JSON', () => {
  const state = learnt(5, 2, 1);
  const quantiles = LEVELS.map(() => [1, 2]);
  assert.equal(learnConformal(state, 0, { quantiles, truths: [Number.NaN, Number.NaN] }), state);
  assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
  assert.throws(() => learnConformal(state, 4, { quantiles, truths: [1, 2] }), RangeError);
});

it('a forecast without the levels 0.1 and 0.9 comes back as it was', () => {
  const forecast = { ...forecastOf(2), levels: [0.5], values: Float64Array.of(1, 2) };
  assert.equal(conformed(forecast, correctionOf(learnt(5, 2, 1))!, false), forecast);
});

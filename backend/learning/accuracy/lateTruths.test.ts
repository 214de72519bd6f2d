import assert from 'node:assert/strict';
import { it } from 'node:test';
import { arrivedTruths, missingTruths } from './lateTruths.ts';

const STEP = 300;

function actual(...values: number[]) {
  const grid = { startSeconds: 0, stepSeconds: STEP, length: values.length };
  return new Map([['cpu', { grid, values: Float64Array.from(values) }]]);
}

it('remembers what was missing, until it comes or is forgotten', () => {
  const late = missingTruths(actual(1, Number.NaN, 3, Number.NaN, 5), 0, 3 * STEP, new Map(), 0);
  assert.deepEqual([...late], [['cpu', [STEP, 3 * STEP]]]);
  const now = actual(1, 2, 3, Number.NaN, 5);
  assert.deepEqual([...arrivedTruths(now, late)], [['cpu', [STEP]]]);
  const still = missingTruths(now, 3 * STEP, 4 * STEP, late, 0);
  assert.deepEqual([...still], [['cpu', [3 * STEP]]]);
  assert.deepEqual([...missingTruths(now, 3 * STEP, 4 * STEP, late, 3 * STEP)], []);
});

it('a truth arrives once, and a series that is gone never', () => {
  const late = new Map([['cpu', [STEP]]]);
  const now = actual(1, 2);
  assert.equal(arrivedTruths(now, late).size, 1);
  assert.equal(missingTruths(now, 0, STEP, late, 0).size, 0);
  assert.equal(arrivedTruths(new Map(), late).size, 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomNormal, seededRandom } from '../random/index.ts';
import { detectSeasonSteps } from './index.ts';

function season(length: number, stepSeconds: number, value: (t: number, noise: number) => number, seed = 1): number {
  const random = seededRandom(seed);
  const values = Float64Array.from({ length }, (_, t) => value(t, randomNormal(random)));
  return detectSeasonSteps({ grid: { startSeconds: 0, stepSeconds, length }, values });
}

const wave = (t: number, period: number): number => Math.sin((2 * Math.PI * t) / period);

test('finds the day at any step, with noise, trend, gaps and a spike', () => {
  assert.equal(
    season(7 * 288, 300, (t, noise) => 10 * wave(t, 288) + 3 * noise),
    288
  );
  assert.equal(
    season(10 * 24, 3600, (t, noise) => 10 * wave(t, 24) + 0.5 * t + noise),
    24
  );
  assert.equal(
    season(7 * 288, 300, (t) => (t % 3 === 0 ? Number.NaN : 10 * wave(t, 288))),
    288
  );
  assert.equal(
    season(7 * 288, 300, (t, noise) => (t === 700 ? 1e9 : 10 * wave(t, 288) + noise)),
    288
  );
});

test('finds the week where there is no day, and the hour where there is neither', () => {
  assert.equal(
    season(60, 86_400, (t, noise) => (t % 7 < 5 ? 10 : 2) + 0.3 * noise),
    7
  );
  assert.equal(
    season(7200, 10, (t, noise) => 10 * wave(t, 360) + noise),
    360
  );
});

test('finds none in noise, in a constant, in a line, and in less than two cycles', () => {
  for (let seed = 0; seed < 200; seed++) {
    assert.equal(
      season(4 * 24, 3600, (_, noise) => noise, seed),
      1
    );
  }
  assert.equal(
    season(600, 300, () => 5),
    1
  );
  assert.equal(
    season(600, 300, (t) => t),
    1
  );
  assert.equal(
    season(400, 300, (t) => wave(t, 288)),
    1
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { eventTotals, movingSumSteps } from './movingSum.ts';
import { INPUT_SHAPES, prepareSeries, WindowBatch, writeWindow, type InputName, type SeriesInput } from './index.ts';

const LEADS = [1, 13, 301, 877];

function inputsOf(values: Float64Array, end: number, change: Partial<SeriesInput> = {}): Record<string, number[]> {
  const batch = new WindowBatch(1, LEADS.length);
  const series = prepareSeries({ values, startSeconds: 0, stepSeconds: 300, cycle: 288, sumSteps: 0, ...change }, end);
  writeWindow(batch, 0, series!, LEADS);
  return Object.fromEntries(Object.keys(INPUT_SHAPES).map((name) => [name, [...batch.inputs[name as InputName]]]));
}

function noisyDay(seed: number, length: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from(
    { length },
    (_, t) => 50 + 20 * Math.sin((2 * Math.PI * t) / 288) + 3 * randomNormal(random)
  );
}

test('no input of a window sees past its cutoff', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2900 }), fc.integer(), (end, seed) => {
      const values = noisyDay(seed, 3000);
      const changed = values.slice();
      for (let t = end; t < changed.length; t++) {
        changed[t] = 1e6 + t;
      }
      assert.deepEqual(inputsOf(changed, end), inputsOf(values, end));
    }),
    { numRuns: 40 }
  );
});

test('inputs do not depend on the unit of the series', () => {
  const values = noisyDay(1, 3000);
  const scaled = values.map((value) => 1024 * value);
  const own = inputsOf(values, 2900);
  for (const [name, numbers] of Object.entries(inputsOf(scaled, 2900))) {
    numbers.forEach((number, i) => {
      assert.ok(Math.abs(number - own[name]![i]!) < 1e-4, `${name}[${String(i)}]`);
    });
  }
});

for (const [title, make] of Object.entries<(t: number) => number>({
  constant: () => 7,
  zero: () => 0,
  'tiny values': (t) => 1e-300 * (1 + (t % 7)),
  'huge values': (t) => 1e150 * (1 + (t % 7)),
  negative: (t) => -5 - (t % 3),
  'one measurement': (t) => (t === 100 ? 3 : Number.NaN),
  'mostly missing': (t) => (t % 50 === 0 ? t : Number.NaN),
  'one spike': (t) => (t === 1500 ? 1e12 : 1),
})) {
  test(`inputs of a series are finite: ${title}`, () => {
    for (const length of [101, 400, 3000]) {
      const values = Float64Array.from({ length }, (_, t) => make(t));
      for (const [name, numbers] of Object.entries(inputsOf(values, length))) {
        assert.ok(numbers.every(Number.isFinite), `${name} at ${String(length)}`);
      }
    }
  });
}

test('nothing measured, no window', () => {
  assert.equal(
    prepareSeries({
      values: new Float64Array(10).fill(Number.NaN),
      startSeconds: 0,
      stepSeconds: 60,
      cycle: 4,
      sumSteps: 0,
    }),
    undefined
  );
});

function trailingSums(steps: number, length: number): { readonly events: Float64Array; readonly sums: Float64Array } {
  const random = seededRandom(3);
  const events = Float64Array.from({ length }, (_, t) =>
    random() < 0.1 + 0.1 * Math.sin((2 * Math.PI * t) / 288) ? 1 + Math.floor(4 * random()) : 0
  );
  let sum = 0;
  const sums = events.map((event, t) => (sum += event - (t >= steps ? events[t - steps]! : 0)));
  return { events, sums };
}

test('a trailing sum is recognised by its window, other series are not', () => {
  assert.equal(movingSumSteps(trailingSums(144, 4000).sums, 4000), 144);
  assert.equal(movingSumSteps(trailingSums(36, 4000).sums, 4000), 36);
  assert.equal(movingSumSteps(noisyDay(2, 4000), 4000), 0);
  assert.equal(movingSumSteps(new Float64Array(4000), 4000), 0);
});

test('the events behind a trailing sum are recovered', () => {
  const { events, sums } = trailingSums(36, 3000);
  const totals = eventTotals(sums, 3000, 36);
  for (let t = 100; t < 3000; t++) {
    assert.ok(Math.abs(totals[t + 1]! - totals[t]! - events[t]!) < 1e-9);
  }
});

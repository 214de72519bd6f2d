import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { timeAt } from '../timeseries/index.ts';
import { averageSamples } from './averageSamples.ts';
import { chunkGrid } from './chunkGrid.ts';
import { counterResetCount } from './counterResetCount.ts';
import { retryDelay } from '../network/index.ts';
import { placeSamples } from './placeSamples.ts';

const grids = fc.record({
  startSeconds: fc.integer({ min: 0, max: 2e9 }),
  stepSeconds: fc.constantFrom(1, 15, 60, 300),
  length: fc.integer({ min: 1, max: 50 }),
});
const anyValue = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity)
);

describe('placeSamples', () => {
  test('puts a sample at t on the instant t and nowhere else, whatever the order', () => {
    const cases = grids.chain((grid) =>
      fc.record({
        grid: fc.constant(grid),
        samples: fc.uniqueArray(fc.record({ index: fc.integer({ min: -5, max: 60 }), value: anyValue }), {
          selector: ({ index }) => index,
        }),
      })
    );
    fc.assert(
      fc.property(cases, ({ grid, samples }) => {
        const times = samples.map(({ index }) => timeAt(grid, index));
        const { values, offGridCount, conflictCount } = placeSamples(
          grid,
          times,
          samples.map(({ value }) => value)
        );
        assert.deepEqual([offGridCount, conflictCount], [0, 0]);
        values.forEach((placed, index) => {
          const sample = samples.find((one) => one.index === index)?.value ?? Number.NaN;
          assert.ok(Object.is(placed, Number.isFinite(sample) ? sample : Number.NaN));
        });
      })
    );
  });
});

describe('averageSamples', () => {
  test('is the mean over (t - step, t], of a model that looks at every sample for every instant', () => {
    const cases = grids.chain((grid) =>
      fc.record({
        grid: fc.constant(grid),
        samples: fc.array(
          fc.record({
            time: fc
              .integer({ min: timeAt(grid, -3) * 1000, max: timeAt(grid, grid.length + 3) * 1000 })
              .map((milliseconds) => milliseconds / 1000),
            value: fc.oneof(fc.integer({ min: -100, max: 100 }), fc.constantFrom(Number.NaN, Infinity)),
          })
        ),
      })
    );
    fc.assert(
      fc.property(cases, ({ grid, samples }) => {
        const times = samples.map(({ time }) => time);
        const averaged = averageSamples(
          grid,
          times,
          samples.map(({ value }) => value)
        );
        averaged.forEach((value, index) => {
          const t = timeAt(grid, index);
          const inside = samples.filter(
            (one) => one.time > t - grid.stepSeconds && one.time <= t && Number.isFinite(one.value)
          );
          const mean = inside.reduce((sum, one) => sum + one.value, 0) / inside.length;
          assert.ok(Object.is(value, mean) || Math.abs(value - mean) < 1e-9, `${value} is not ${mean}`);
        });
      })
    );
  });
});

describe('chunkGrid', () => {
  test('covers each instant exactly once, in order, in runs within the limit', () => {
    fc.assert(
      fc.property(grids, fc.integer({ min: 1, max: 20 }), (grid, limit) => {
        const times = chunkGrid(grid, limit).flatMap(({ offset, grid: part }) => {
          assert.ok(part.length >= 1 && part.length <= limit);
          return Array.from({ length: part.length }, (_, index) => [offset + index, timeAt(part, index)]);
        });
        assert.deepEqual(
          times,
          Array.from({ length: grid.length }, (_, index) => [index, timeAt(grid, index)])
        );
      })
    );
  });
});

describe('counterResetCount', () => {
  test('counts the resets of any counter that has come far, gaps or not', () => {
    const counters = fc.array(fc.array(fc.integer({ min: 5, max: 9 }), { minLength: 40, maxLength: 80 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(counters, fc.integer({ min: 2, max: 7 }), (lives, gapEvery) => {
        const values = lives.flatMap((life) => {
          let total = 0;
          return life.map((rise) => (total += rise));
        });
        const measured = Float64Array.from(values, (value, index) => (index % gapEvery === 0 ? Number.NaN : value));
        // Two values before and after a reset may be gaps; what is left still begins below a tenth of the end.
        const count = counterResetCount(measured);
        assert.ok(count === lives.length - 1, `${count} of ${lives.length - 1}`);
      })
    );
  });

  test('finds none in a wave, a staircase without a fall, noise or nothing', () => {
    const series = [
      (i: number) => 50 + 40 * Math.sin(i / 20),
      (i: number) => i,
      (i: number) => (i * 7919) % 997,
      () => 5,
      () => Number.NaN,
    ];
    for (const at of series) {
      assert.equal(counterResetCount(Float64Array.from({ length: 300 }, (_, index) => at(index))), 0);
    }
  });
});

describe('retryDelay', () => {
  test('stays within its cap, never below what the server asked for up to it', () => {
    const cases = [fc.nat(40), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(100)] as const;
    fc.assert(
      fc.property(...cases, (attempt, jitter, retryAfter) => {
        const delay = retryDelay(attempt, () => jitter, retryAfter);
        assert.ok(delay >= Math.min(15, retryAfter) && delay <= 15);
      })
    );
  });
});

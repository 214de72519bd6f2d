import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { evaluationGrid } from '../grid.ts';
import { locateWindows } from './locateWindows.ts';
import { RANGE_FUNCTIONS } from './rangeFunctions.ts';
import type { Window } from './window.ts';

const samplesArbitrary = fc
  .uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 60 })
  .map((times) => Float64Array.from(times).sort())
  .chain((timestamps) =>
    fc
      .array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Number.NaN)), {
        minLength: timestamps.length,
        maxLength: timestamps.length,
      })
      .map((values) => ({ timestamps, values: Float64Array.from(values) }))
  );

describe('windows', () => {
  it('hold the samples in (end - range, end] at each step', () => {
    fc.assert(
      fc.property(
        samplesArbitrary,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 1, max: 40 }),
        ({ timestamps }, rangeMs, offsetMs, stepMs) => {
          const grid = evaluationGrid(0, 500, stepMs);
          const { from, to, longest, total } = locateWindows(timestamps, { rangeMs, offsetMs }, grid);
          let most = 0;
          let sum = 0;
          for (let step = 0; step < grid.count; step++) {
            const end = step * stepMs - offsetMs;
            const inside = [...timestamps].filter((time) => time > end - rangeMs && time <= end);
            assert.deepEqual([...timestamps.subarray(from[step], to[step])], inside);
            most = Math.max(most, inside.length);
            sum += inside.length;
          }
          assert.equal(longest, most);
          assert.equal(total, sum);
        }
      )
    );
  });

  for (const [name, { compute, computeAll }] of RANGE_FUNCTIONS) {
    if (computeAll === undefined) {
      continue;
    }
    it(`of ${name} are worth the same one by one and all at once`, () => {
      fc.assert(
        fc.property(
          samplesArbitrary,
          fc.integer({ min: 1, max: 200 }),
          fc.integer({ min: 1, max: 40 }),
          (samples, rangeMs, stepMs) => {
            const grid = evaluationGrid(0, 600, stepMs);
            const { from, to } = locateWindows(samples.timestamps, { rangeMs, offsetMs: 0 }, grid);
            const out = new Float64Array(grid.count);
            computeAll({ ...samples, from, to, out });
            for (let step = 0; step < grid.count; step++) {
              if (to[step]! > from[step]!) {
                const window: Window = {
                  ...samples,
                  from: from[step]!,
                  to: to[step]!,
                  startMs: 0,
                  endMs: 0,
                  timeMs: 0,
                  rangeMs,
                  scalars: new Float64Array(),
                };
                assert.equal(out[step], compute(window));
              }
            }
          }
        )
      );
    });
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shortfallCounter } from './shortfallCounter.ts';

const pathsOf = (stepCount: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: stepCount, maxLength: stepCount }), {
    minLength: 1,
    maxLength: 20,
  });

test('counts agree with looking at every window of every path', () => {
  fc.assert(
    fc.property(pathsOf(9), fc.integer({ min: 1, max: 10 }), (paths, window) => {
      const counter = shortfallCounter(9, [window]);
      paths.forEach((path) => {
        counter.add(Uint8Array.from(path));
      });
      const risk = counter.risk();
      const share = (has: (path: readonly number[]) => boolean) => paths.filter(has).length / paths.length;
      for (let index = 0; index <= 9; index++) {
        const expected =
          index + window > 9 ? Number.NaN : share((path) => path.slice(index, index + window).includes(1));
        assert.ok(Object.is(risk.window[0]![index], expected) || Math.abs(risk.window[0]![index]! - expected) < 1e-12);
        assert.equal(risk.probability[index], index === 0 ? Number.NaN : share((path) => path[index - 1] === 1));
      }
      assert.equal(
        risk.anyProbability,
        share((path) => path.includes(1))
      );
      const shorts = paths.flat().filter((flag) => flag === 1).length;
      assert.ok(Math.abs(risk.expectedSteps - shorts / paths.length) < 1e-12);
    })
  );
});

test('a longer window never has a smaller probability', () => {
  fc.assert(
    fc.property(pathsOf(12), fc.integer({ min: 1, max: 11 }), (paths, window) => {
      const counter = shortfallCounter(12, [window, window + 1]);
      paths.forEach((path) => {
        counter.add(Uint8Array.from(path));
      });
      const [shorter, longer] = counter.risk().window;
      for (let index = 0; index + window + 1 <= 12; index++) {
        assert.ok(longer![index]! >= shorter![index]!);
      }
    })
  );
});

test('weights count as so many paths', () => {
  const counter = shortfallCounter(2, [1]);
  counter.add(Uint8Array.of(1, 0), 0.25);
  counter.add(Uint8Array.of(0, 0), 0.75);
  assert.deepEqual(counter.risk().probability, Float64Array.of(Number.NaN, 0.25, 0));
  assert.equal(counter.risk().anyProbability, 0.25);
});

test('a window shorter than a step is never known', () => {
  const counter = shortfallCounter(2, [0]);
  counter.add(Uint8Array.of(1, 1));
  assert.deepEqual(counter.risk().window[0], new Float64Array(3).fill(Number.NaN));
});

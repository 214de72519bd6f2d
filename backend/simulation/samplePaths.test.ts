import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../random/index.ts';
import { independence, marginReader, samplePaths, type Dependence, type Margin } from './index.ts';

const LEVELS = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

/** A margin whose quantiles rise by random amounts, `[level][step]`. */
const marginOf = (stepCount: number, least: number) =>
  fc
    .array(
      fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: LEVELS.length, maxLength: LEVELS.length }),
      {
        minLength: stepCount,
        maxLength: stepCount,
      }
    )
    .map((rises): Margin => {
      const values = new Float64Array(LEVELS.length * stepCount);
      rises.forEach((steps, step) => {
        let value = least;
        steps.forEach((rise, level) => {
          value += rise;
          values[level * stepCount + step] = value;
        });
      });
      return { levels: LEVELS, values };
    });

const dependenceOf = (seriesCount: number): fc.Arbitrary<Dependence> =>
  fc
    .record({
      weight: fc.double({ min: 0, max: 1, noNaN: true }),
      persistence: fc.double({ min: 0, max: 0.999, noNaN: true }),
    })
    .map((time) => ({
      kind: 'gaussian',
      times: Array.from({ length: seriesCount }, () => time),
      factor: independence(seriesCount).factor,
    }));

/** All paths of all blocks, `[path][series][step]`. */
function allPaths(margins: readonly Margin[], dependence: Dependence, pathCount: number, seed: number): Float64Array {
  const blocks = [...samplePaths(margins, dependence, { pathCount, seed }).map((block) => block.values.slice())];
  const all = new Float64Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let start = 0;
  for (const block of blocks) {
    all.set(block, start);
    start += block.length;
  }
  return all;
}

const columnOf = (paths: Float64Array, width: number, cell: number) =>
  Float64Array.from({ length: paths.length / width }, (_, path) => paths[path * width + cell]!);

test('at each step the sorted paths are the quantile draws at (i + 0.5) / pathCount, whatever the dependence', () => {
  fc.assert(
    fc.property(
      marginOf(3, 0),
      marginOf(3, -40),
      dependenceOf(2),
      fc.integer({ min: 1, max: 300 }),
      fc.integer(),
      (first, second, dependence, pathCount, seed) => {
        const margins = [first, second];
        const paths = allPaths(margins, dependence, pathCount, seed);
        const probabilities = Float64Array.from({ length: pathCount }, (_, i) => (i + 0.5) / pathCount);
        const draws = new Float64Array(pathCount);
        margins.forEach((margin, series) => {
          const read = marginReader(margin, probabilities);
          for (let step = 0; step < 3; step++) {
            read(step, draws);
            assert.deepEqual(columnOf(paths, 6, series * 3 + step).sort(), draws);
          }
        });
      }
    ),
    { numRuns: 60 }
  );
});

test('margins hold over all blocks together when paths are streamed', () => {
  const margin: Margin = { levels: LEVELS, values: Float64Array.from([1, 2, 4, 8, 16, 32, 64]) };
  const pathCount = 10_001;
  const blocks = [
    ...samplePaths([margin], independence(1), { pathCount, seed: 4 }).map((b) => [b.firstPath, b.pathCount]),
  ];
  assert.ok(blocks.length > 4);
  assert.deepEqual(
    blocks.map(([first]) => first),
    blocks.map((_, i) => blocks.slice(0, i).reduce((sum, [, count]) => sum + count!, 0))
  );
  const draws = new Float64Array(pathCount);
  marginReader(
    margin,
    Float64Array.from({ length: pathCount }, (_, i) => (i + 0.5) / pathCount)
  )(0, draws);
  const sorted = allPaths([margin], independence(1), pathCount, 4).sort();
  sorted.forEach((value, i) => {
    assert.ok(Math.abs(value - draws[i]!) <= 1e-9 * draws[i]!);
  });
});

test('the same seed gives the same bits, another seed other paths', () => {
  const margin: Margin = { levels: LEVELS, values: Float64Array.from({ length: 35 }, (_, i) => i) };
  const dependence: Dependence = { ...independence(1), kind: 'gaussian', times: [{ weight: 0.9, persistence: 0.8 }] };
  const paths = allPaths([margin], dependence, 500, 9);
  assert.deepEqual(allPaths([margin], dependence, 500, 9), paths);
  assert.notDeepEqual(allPaths([margin], dependence, 500, 10), paths);
});

test('no path is below zero where the lowest quantile is not, and the tail goes beyond the last level', () => {
  const margin: Margin = { levels: LEVELS, values: Float64Array.from([0, 1, 5, 10, 20, 40, 100]) };
  const paths = allPaths([margin], independence(1), 2000, 1);
  assert.equal(Math.min(...paths), 0);
  assert.ok(Math.max(...paths) > 150);
  const negative: Margin = { levels: LEVELS, values: Float64Array.from([-1, 1, 5, 10, 20, 40, 100]) };
  assert.ok(Math.min(...allPaths([negative], independence(1), 2000, 1)) < -1);
});

test('a margin of one level is that value for sure', () => {
  const margin: Margin = { levels: [0.5], values: Float64Array.from([3, 4]) };
  assert.deepEqual(allPaths([margin], independence(1), 3, 1), Float64Array.from([3, 4, 3, 4, 3, 4]));
});

test('without dependence the chance of any shortfall is that of independent margins', () => {
  const stepCount = 6;
  const random = seededRandom(5);
  const values = new Float64Array(LEVELS.length * stepCount);
  for (let step = 0; step < stepCount; step++) {
    let value = 10 * random();
    LEVELS.forEach((_, level) => {
      values[level * stepCount + step] = value += 10 * random();
    });
  }
  const pathCount = 20_000;
  const capacity = 45;
  const paths = allPaths([{ levels: LEVELS, values }], independence(1), pathCount, 3);
  let none = 1;
  for (let step = 0; step < stepCount; step++) {
    const column = columnOf(paths, stepCount, step);
    none *= column.filter((value) => value <= capacity).length / pathCount;
  }
  let short = 0;
  for (let path = 0; path < pathCount; path++) {
    short += paths.subarray(path * stepCount, (path + 1) * stepCount).some((value) => value > capacity) ? 1 : 0;
  }
  const expected = 1 - none;
  assert.ok(expected > 0.05 && expected < 0.95, String(expected));
  assert.ok(Math.abs(short / pathCount - expected) < 4 * Math.sqrt((expected * (1 - expected)) / pathCount));
});

test('paths keep the correlation over time that was asked for, building up from the cutoff', () => {
  const stepCount = 60;
  const values = new Float64Array(LEVELS.length * stepCount);
  LEVELS.forEach((level, row) => values.fill(level, row * stepCount, (row + 1) * stepCount));
  const dependence: Dependence = { ...independence(1), kind: 'gaussian', times: [{ weight: 0.8, persistence: 0.9 }] };
  const paths = allPaths([{ levels: LEVELS, values }], dependence, 4000, 2);
  const rankCorrelation = (a: number, b: number) =>
    correlation(columnOf(paths, stepCount, a), columnOf(paths, stepCount, b));
  for (const lag of [1, 5, 20]) {
    const expected = (6 / Math.PI) * Math.asin((0.8 * 0.9 ** lag) / 2);
    assert.ok(Math.abs(rankCorrelation(35, 35 + lag) - expected) < 0.08, `lag ${String(lag)}`);
  }
});

test('correlated innovations make series rise together', () => {
  const stepCount = 40;
  const values = new Float64Array(LEVELS.length * stepCount);
  LEVELS.forEach((level, row) => values.fill(level, row * stepCount, (row + 1) * stepCount));
  const time = { weight: 0.9, persistence: 0.8 };
  const factor = Float64Array.from([1, 0, 0.7, Math.sqrt(1 - 0.49)]);
  const margins = [
    { levels: LEVELS, values },
    { levels: LEVELS, values },
  ];
  const paths = allPaths(margins, { kind: 'gaussian', times: [time, time], factor }, 4000, 2);
  const together = correlation(columnOf(paths, 2 * stepCount, 30), columnOf(paths, 2 * stepCount, stepCount + 30));
  assert.ok(Math.abs(together - (6 / Math.PI) * Math.asin(0.35)) < 0.08, String(together));
});

test('margins of different lengths, or another number of series than the dependence, are refused', () => {
  const margin: Margin = { levels: [0.5], values: Float64Array.from([3, 4]) };
  const other: Margin = { levels: [0.5], values: Float64Array.from([3]) };
  const run = (margins: readonly Margin[], series: number) => () =>
    samplePaths(margins, independence(series), { pathCount: 5, seed: 1 }).next();
  assert.throws(run([margin, other], 2), RangeError);
  assert.throws(run([margin], 2), RangeError);
  assert.throws(run([], 0), RangeError);
});

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = mean(a.map((value, i) => (value - meanA) * (b[i]! - meanB)));
  return (
    product / Math.sqrt(mean(a.map((value) => (value - meanA) ** 2)) * mean(b.map((value) => (value - meanB) ** 2)))
  );
}

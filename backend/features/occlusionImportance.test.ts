import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { occlusionImportance, type ForecastQuantiles } from './index.ts';

type Inputs = Readonly<Record<string, number>>;

/** Quantiles around a weighted sum of the inputs, two steps. */
function linear(weights: Inputs, width = 1): (inputs: Inputs) => ForecastQuantiles {
  return (inputs) => {
    const middle = Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (inputs[name] ?? 0), 0);
    const row = [middle, middle];
    return {
      levels: [0.1, 0.5, 0.9],
      values: Float64Array.from([...row.map((x) => x - width / 2), ...row, ...row.map((x) => x + width / 2)]),
    };
  };
}

const groupsOf = (names: readonly string[]) =>
  names.map((name) => ({ name, neutralise: (inputs: Inputs): Inputs => ({ ...inputs, [name]: 0 }) }));

test('a linear forecast’s groups matter by weight times input, in widths of the forecast, most important first', async () => {
  const found = await occlusionImportance(
    linear({ a: 1, b: -3, c: 0 }, 2),
    { a: 2, b: 2, c: 9 },
    groupsOf(['a', 'b', 'c'])
  );
  assert.deepEqual(
    found.map(({ group, change, share }) => [group, change, share]),
    [
      ['b', 3, 0.75],
      ['a', 1, 0.25],
      ['c', 0, 0],
    ]
  );
});

test('shares are ordered and sum to 1, whatever the forecast', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
        minKeys: 1,
      }),
      fc.double({ min: 0, max: 10, noNaN: true }),
      async (weights, width) => {
        const inputs = { a: 1, b: -2, c: 0.5, d: 0 };
        const found = await occlusionImportance(linear(weights, width), inputs, groupsOf(['a', 'b', 'c', 'd']));
        const sum = found.reduce((total, { share }) => total + share, 0);
        assert.ok(found.every(({ change }) => change === 0) ? sum === 0 : Math.abs(sum - 1) < 1e-9);
        assert.ok(found.every(({ change }, i) => i === 0 || change <= found[i - 1]!.change));
      }
    )
  );
});

test('a forecast that breaks off without a group counts as one width, and asynchronous predictors are awaited', async () => {
  const predict = (inputs: Inputs): Promise<ForecastQuantiles> =>
    Promise.resolve({ levels: [0.1, 0.9], values: Float64Array.of(0, inputs['a'] === 0 ? Number.NaN : 1) });
  const [only] = await occlusionImportance(predict, { a: 1 }, groupsOf(['a']));
  assert.deepEqual(only, { group: 'a', change: 1, share: 1 });
});

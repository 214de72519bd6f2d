import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { occlusionImportance, type ForecastQuantiles, type OcclusionGroup } from './index.ts';

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
  const { groups, width, forecastCount } = await occlusionImportance(
    linear({ a: 1, b: -3, c: 0 }, 2),
    { a: 2, b: 2, c: 9 },
    groupsOf(['a', 'b', 'c'])
  );
  assert.deepEqual(
    groups.map(({ group, isUsed, change, widths, share }) => [group.name, isUsed, change.whole, widths, share.whole]),
    [
      ['b', true, 6, 3, 0.75],
      ['a', true, 2, 1, 0.25],
      ['c', false, 0, 0, 0],
    ]
  );
  assert.deepEqual([width, forecastCount], [2, 4]);
});

test('each part of the horizon has changes and shares of its own', async () => {
  const predict = (inputs: Inputs): ForecastQuantiles => ({
    levels: [0.2, 0.8],
    values: Float64Array.of(inputs['a']!, inputs['b']!, inputs['b']!, 9 + inputs['a']!, 9 + inputs['b']!, 9),
  });
  const parts = [
    { name: 'near', from: 1, to: 1 },
    { name: 'far', from: 2, to: 3 },
  ];
  const { groups } = await occlusionImportance(predict, { a: 6, b: 4 }, groupsOf(['a', 'b']), parts);
  assert.deepEqual(
    groups.map(({ group, change, share }) => [group.name, change.whole, change.parts, share.parts]),
    [
      ['a', 2, [6, 0], [1, 0]],
      ['b', 2, [0, 3], [0, 1]],
    ]
  );
});

test('what the inputs hold nothing of costs no forecast and stands last', async () => {
  const absent: OcclusionGroup<Inputs> = { name: 'absent', neutralise: () => undefined };
  const { groups, forecastCount } = await occlusionImportance(linear({ a: 0 }), { a: 1 }, [absent, ...groupsOf(['a'])]);
  assert.deepEqual(
    groups.map(({ group, isPresent, isUsed }) => [group.name, isPresent, isUsed]),
    [
      ['a', true, false],
      ['absent', false, false],
    ]
  );
  assert.equal(forecastCount, 2);
});

test('a group is compared with its control where it has one, and rounding is no change', async () => {
  const shifted = {
    name: 'a',
    neutralise: (inputs: Inputs): Inputs => ({ ...inputs, a: 7, b: 1e-12 }),
    control: (inputs: Inputs): Inputs => ({ ...inputs, a: 7 }),
  };
  const { groups, forecastCount } = await occlusionImportance(linear({ a: 1, b: 1 }), { a: 1, b: 0 }, [shifted]);
  assert.deepEqual([groups[0]?.isUsed, groups[0]?.change.whole, forecastCount], [false, 0, 3]);
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
        const { groups } = await occlusionImportance(linear(weights, width), inputs, groupsOf(['a', 'b', 'c', 'd']));
        const sum = groups.reduce((total, { share }) => total + share.whole, 0);
        assert.ok(groups.every(({ isUsed }) => !isUsed) ? sum === 0 : Math.abs(sum - 1) < 1e-9);
        assert.ok(groups.every(({ change }, i) => i === 0 || change.whole <= groups[i - 1]!.change.whole));
      }
    )
  );
});

test('a forecast that breaks off without a group counts as one width, and asynchronous predictors are awaited', async () => {
  const predict = (inputs: Inputs): Promise<ForecastQuantiles> =>
    Promise.resolve({ levels: [0.1, 0.9], values: Float64Array.of(0, inputs['a'] === 0 ? Number.NaN : 1) });
  const { groups } = await occlusionImportance(predict, { a: 1 }, groupsOf(['a']));
  assert.deepEqual([groups[0]?.widths, groups[0]?.share.whole, groups[0]?.isUsed], [1, 1, true]);
});

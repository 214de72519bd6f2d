import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { needLadder } from './needLadder.ts';
import { riskPrice } from './riskPrice.ts';

const LIMITS = { min: 1, max: 60 };

/** A need between `likely` and `likely + steps`, each step as likely as given. */
function outlook(likely: number, weights: readonly number[]) {
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  return {
    likely,
    shortfall: (replicas: number) =>
      weights.reduce((sum, weight, step) => sum + (likely + step + 1 > replicas ? weight : 0), 0) / (2 * total),
  };
}

function ladder(need: ReturnType<typeof outlook>, prices: readonly number[]) {
  const into = { replicas: new Int32Array(prices.length), shortfall: new Float64Array(prices.length) };
  needLadder(need, prices, LIMITS, into);
  return into;
}

const needs = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }))
  .map(([likely, weights]) => outlook(likely, weights));

test('a dearer shortfall never gives a lower floor, nor a likelier shortfall', () => {
  fc.assert(
    fc.property(needs, (need) => {
      const { replicas, shortfall } = ladder(need, [1, 3, 10, 30, 100, 1000]);
      replicas.forEach((count, i) => {
        assert.ok(count >= LIMITS.min && count <= LIMITS.max && count >= Math.min(need.likely, LIMITS.max));
        assert.ok(i === 0 || (count >= replicas[i - 1]! && shortfall[i]! <= shortfall[i - 1]!));
      });
    })
  );
});

test('no other count costs less', () => {
  fc.assert(
    fc.property(needs, fc.double({ min: 0.5, max: 500, noNaN: true }), (need, price) => {
      const { replicas } = ladder(need, [price]);
      const cost = (count: number) => count + price * need.likely ** 0.25 * need.shortfall(count);
      for (let count = need.likely; count <= LIMITS.max; count++) {
        assert.ok(cost(replicas[0]!) <= cost(count) + 1e-9);
      }
    })
  );
});

test('a burst that may come is covered whole or not at all, never in part', () => {
  const need = { likely: 10, shortfall: (replicas: number) => (replicas < 40 ? 0.01 : 0) };
  assert.deepEqual([...ladder(need, [100, 10_000]).replicas], [10, 40]);
});

test('the price of a risk is the lowest that keeps it over a window, on average', () => {
  const price = riskPrice(3, 2);
  price.note(Float64Array.of(0.2, 0.02, 0), 60);
  price.note(Float64Array.of(0, 0, 0), 60);
  assert.equal(price.indexFor(0.5), 0);
  assert.equal(price.indexFor(0.1), 1);
  assert.equal(price.indexFor(0.001), 2);
});

test('with nothing seen yet, nothing is risked', () => {
  assert.equal(riskPrice(5, 3).indexFor(0.5), 4);
});

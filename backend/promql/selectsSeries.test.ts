import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { selectsSeries } from './selectsSeries.ts';
import { parseExpression } from './syntax/parseExpression.ts';

describe('selectsSeries', () => {
  for (const query of [
    'a',
    '{b="c"}',
    '-(1 + a)',
    'rate(a[5m])',
    'max_over_time((1 + a)[1h:1m])',
    'topk(scalar(a), vector(1))',
    'label_replace(a, "x", "$1", "y", "(.*)")',
  ]) {
    it(`finds the selector of ${query}`, () => {
      assert.equal(selectsSeries(parseExpression(query)), true);
    });
  }
  for (const query of ['1', '"text"', 'vector(time())', 'sum(vector(1)) > 0', 'max_over_time(vector(1)[1h:1m])']) {
    it(`finds none in ${query}`, () => {
      assert.equal(selectsSeries(parseExpression(query)), false);
    });
  }
});

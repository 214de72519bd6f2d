import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeExpression } from './describeExpression.ts';
import { parseExpression } from './parseExpression.ts';

const tree = (query: string): unknown => describeExpression(parseExpression(query));

const requests = (shift: object = {}) => ({
  type: 'vectorSelector',
  name: 'requests',
  matchers: [{ name: '__name__', value: 'requests', type: '=' }],
  offset: 0,
  timestamp: null,
  startOrEnd: null,
  ...shift,
});

describe('describeExpression', () => {
  it('gives a selector its matchers and when it looks', () => {
    assert.deepEqual(tree('requests'), requests());
    assert.deepEqual(tree('requests offset -6h'), requests({ offset: -21_600_000 }));
    assert.deepEqual(tree('requests @ 1.5'), requests({ timestamp: 1500 }));
    assert.deepEqual(tree('requests @ end()'), requests({ startOrEnd: 'end' }));
    assert.deepEqual(tree('{a=~"b.+",c=""} @ start()'), {
      type: 'vectorSelector',
      name: '',
      matchers: [
        { name: 'a', value: 'b.+', type: '=~' },
        { name: 'c', value: '', type: '=' },
      ],
      offset: 0,
      timestamp: null,
      startOrEnd: 'start',
    });
  });

  it('gives a function its signature, and ranges and steps in milliseconds', () => {
    const rate = {
      type: 'call',
      func: { name: 'rate', argTypes: ['matrix'], variadic: 0, returnType: 'vector' },
      args: [requests({ type: 'matrixSelector', range: 300_000, offset: 60_000 })],
    };
    assert.deepEqual(tree('rate(requests[5m] offset 1m)'), rate);
    const subquery = { type: 'subquery', expr: rate, range: 3_600_000, offset: 0, timestamp: null, startOrEnd: null };
    assert.deepEqual(tree('rate(requests[5m] offset 1m)[1h:]'), { ...subquery, step: 0 });
    assert.deepEqual(tree('rate(requests[5m] offset 1m)[1h:30s] @ 0'), { ...subquery, step: 30_000, timestamp: 0 });
  });

  it('gives an aggregation its parameter and grouping', () => {
    const sum = { type: 'aggregation', op: 'sum', expr: requests(), param: null, grouping: [], without: false };
    assert.deepEqual(tree('sum(requests)'), sum);
    assert.deepEqual(tree('topk without (a, b) (3, requests)'), {
      ...sum,
      op: 'topk',
      param: { type: 'numberLiteral', val: '3' },
      grouping: ['a', 'b'],
      without: true,
    });
  });

  it('gives an operator its sides and how they are matched', () => {
    const binary = { type: 'binaryExpr', lhs: requests(), rhs: requests(), bool: false };
    assert.deepEqual(tree('requests / on (a) group_left (b) requests'), {
      ...binary,
      op: '/',
      matching: { card: 'many-to-one', labels: ['a'], on: true, include: ['b'] },
    });
    assert.deepEqual(tree('requests unless requests'), {
      ...binary,
      op: 'unless',
      matching: { card: 'many-to-many', labels: [], on: false, include: [] },
    });
    assert.deepEqual(tree('requests >= bool 1e21'), {
      ...binary,
      op: '>=',
      rhs: { type: 'numberLiteral', val: '1000000000000000000000' },
      matching: null,
      bool: true,
    });
    assert.deepEqual(tree('-(requests)'), {
      type: 'unaryExpr',
      op: '-',
      expr: { type: 'parenExpr', expr: requests() },
    });
  });

  it('gives a text and the numbers that JSON lacks as text', () => {
    assert.deepEqual(tree(`'a"b'`), { type: 'stringLiteral', val: 'a"b' });
    assert.deepEqual(tree('Inf'), { type: 'numberLiteral', val: '+Inf' });
    assert.deepEqual(tree('NaN'), { type: 'numberLiteral', val: 'NaN' });
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryIndex, sizeClass, vocabularyOf } from './index.ts';

test('a value has its place from 1 on in the vocabulary; 0 is unknown, absent and foreign alike', () => {
  const vocabulary = vocabularyOf([
    { tier: 'gold', region: 'eu', colour: 'red' },
    { tier: 'bronze', region: '' },
    { tier: 'gold' },
  ]);
  assert.deepEqual(vocabulary, { tier: ['bronze', 'gold'], region: ['eu'] });
  assert.equal(categoryIndex(vocabulary, 'tier', 'gold'), 2);
  for (const [name, value] of [
    ['tier', 'silver'],
    ['tier', ''],
    ['tier', undefined],
    ['industry', 'retail'],
    ['__proto__', 'x'],
    ['toString', 'x'],
  ] as const) {
    assert.equal(categoryIndex(vocabulary, name, value), 0, name);
  }
  assert.equal(categoryIndex({ size: ['4'] }, 'size', 4), 1);
  assert.deepEqual(JSON.parse(JSON.stringify(vocabulary)), vocabulary);
});

test('a provisioned size falls into a class of doubling width', () => {
  assert.deepEqual([0, 1, 1.5, 8, 9, 256, 257, 1e9].map(sizeClass), [
    'up-to-1',
    'up-to-1',
    'up-to-2',
    'up-to-8',
    'up-to-16',
    'up-to-256',
    'over-256',
    'over-256',
  ]);
  assert.equal(sizeClass(undefined), '');
  assert.equal(sizeClass(Number.NaN), '');
});

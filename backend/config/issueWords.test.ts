import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { issueWords } from './issueWords.ts';

const wordsOf = (schema: z.ZodType, value: unknown): string | undefined => {
  const { error } = schema.safeParse(value);
  return error && issueWords(error.issues[0]!);
};

test('what is wrong with a value is said in words that follow its name', () => {
  assert.equal(wordsOf(z.int().min(1), 0), 'must be at least 1');
  assert.equal(wordsOf(z.number().positive(), 0), 'must be more than 0');
  assert.equal(wordsOf(z.number().max(3), 4), 'must be at most 3');
  assert.equal(wordsOf(z.number().lt(3), 3), 'must be less than 3');
  assert.equal(wordsOf(z.string().min(1), ''), 'must not be empty');
  assert.equal(wordsOf(z.string().max(2), 'abc'), 'must have at most 2 characters');
  assert.equal(wordsOf(z.array(z.number()).min(1), []), 'must have at least 1');
  assert.equal(wordsOf(z.object({}), []), 'must be an object');
  assert.equal(wordsOf(z.string(), 5), 'must be text');
  assert.equal(wordsOf(z.int(), 1.5), 'must be a whole number');
  assert.equal(wordsOf(z.object({ a: z.number() }), {}), 'is missing');
  assert.equal(wordsOf(z.number().min(1, 'must be a day or more'), 0), 'must be a day or more');
});

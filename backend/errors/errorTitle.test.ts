import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_TABLE, errorTitle, type ErrorCode } from './index.ts';

test('a title is the code in words, one for each code, without details', () => {
  assert.equal(errorTitle('PLAN_INVALID'), 'Plan invalid');
  assert.equal(errorTitle('API_BODY_INVALID'), 'API body invalid');
  const codes = Object.keys(ERROR_TABLE) as ErrorCode[];
  assert.equal(new Set(codes.map(errorTitle)).size, codes.length);
  assert.ok(codes.map(errorTitle).every((title) => /^[A-Z][\w ]+$/.test(title)));
});

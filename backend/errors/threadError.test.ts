import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeadroomError } from './headroomError.ts';
import { fromThreadError, toThreadError } from './threadError.ts';

const travelled = (error: unknown): Error => fromThreadError(structuredClone(toThreadError(error)));

test('a coded error keeps its code and details', () => {
  const error = new HeadroomError('STORAGE_CLOSED', { file: 'headroom.db' });
  const arrived = travelled(error);
  assert.ok(arrived instanceof HeadroomError);
  assert.equal(arrived.code, 'STORAGE_CLOSED');
  assert.deepEqual(arrived.details, error.details);
  assert.equal(arrived.message, error.message);
});

test('other errors keep their class, message and stack; what is no error becomes one', () => {
  const wrong = new TypeError('not that kind');
  const arrived = travelled(wrong);
  assert.ok(arrived instanceof TypeError);
  assert.equal(arrived.message, 'not that kind');
  assert.equal(arrived.stack, wrong.stack);
  assert.ok(travelled(new RangeError('too far')) instanceof RangeError);
  assert.equal(travelled('just words').message, 'just words');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turns } from './turns.ts';

test('one after the other, in order, also after one that fails, which its own caller is told', async () => {
  const turns = new Turns();
  const first = Promise.withResolvers<undefined>();
  const seen: string[] = [];
  const asked = [
    turns.take(async () => {
      seen.push('first begins');
      await first.promise;
      seen.push('first ends');
      throw new Error('broken');
    }),
    turns.take(() => {
      seen.push('second');
      return Promise.resolve(2);
    }),
  ];
  const settled = Promise.allSettled(asked);
  first.resolve(undefined);
  const [broken, second] = await settled;
  assert.deepEqual(seen, ['first begins', 'first ends', 'second']);
  assert.equal(broken?.status, 'rejected');
  assert.deepEqual(second, { status: 'fulfilled', value: 2 });
});

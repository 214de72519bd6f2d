import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneAtATime } from './oneAtATime.ts';

test('pieces of work asked for at once are done in order, with a turn of the event loop between them', async () => {
  const log: string[] = [];
  const tick = (left: number): void => {
    log.push('turn');
    if (left > 0) {
      setImmediate(tick, left - 1);
    }
  };
  setImmediate(tick, 4);
  const results = await Promise.all(
    [1, 2, 3].map((n) =>
      oneAtATime(() => {
        log.push(String(n));
        return n;
      })
    )
  );
  assert.deepEqual(results, [1, 2, 3]);
  assert.match(log.join(' '), /1 (turn )+2 (turn )+3/);
});

test('a piece that fails fails alone', async () => {
  const failing = oneAtATime(() => {
    throw new RangeError('no');
  });
  const fine = oneAtATime(() => 'yes');
  await assert.rejects(failing, RangeError);
  assert.equal(await fine, 'yes');
});

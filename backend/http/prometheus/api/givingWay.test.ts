import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { givingWay } from './givingWay.ts';

it('gives all pieces in order, and others a turn between them', async () => {
  let turns = 0;
  const abort = new AbortController();
  const others = (async () => {
    while (!abort.signal.aborted) {
      await setImmediate();
      turns++;
    }
  })();
  const read: number[] = [];
  for await (const piece of givingWay([2, 3, 4, 5], [0, 1])) {
    read.push(piece);
  }
  assert.ok(turns >= 3);
  abort.abort();
  await others;
  assert.deepEqual(read, [0, 1, 2, 3, 4, 5]);
});

it('makes no more pieces once nobody reads', async () => {
  let made = 0;
  const pieces = function* (): Generator<number, undefined> {
    for (;;) {
      yield made++;
    }
  };
  for await (const piece of givingWay(pieces())) {
    if (piece === 2) {
      break;
    }
  }
  assert.equal(made, 3);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stackFloor } from './floor/stackFloor.ts';
import { replicaStack } from './replicaStack.ts';

const decisions = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 });

test('as many are ready as the fewest that were asked for over the last start-up', () => {
  fc.assert(
    fc.property(decisions, fc.integer({ min: 0, max: 8 }), (asked, startTicks) => {
      const stack = replicaStack(startTicks, asked[0]!);
      asked.forEach((desired, tick) => {
        stack.decide(tick, desired);
        const fewest = Math.min(...asked.slice(Math.max(0, tick - startTicks), tick + 1));
        assert.equal(stack.readyAt(tick), fewest);
        assert.equal(stack.desired, desired);
      });
    })
  );
});

test('what will be ready never falls while nothing is decided, and ends at what was asked for', () => {
  fc.assert(
    fc.property(decisions, (asked) => {
      const stack = replicaStack(5, 3);
      asked.forEach((desired, tick) => {
        stack.decide(tick, desired);
      });
      const end = asked.length - 1;
      const ready = Array.from({ length: 12 }, (_, i) => stack.readyAt(end + i));
      assert.ok(ready.every((count, i) => i === 0 || count >= ready[i - 1]!));
      assert.equal(ready.at(-1), stack.desired);
    })
  );
});

test('a floor asks for what can be reached and keeps what nearer rows need of what was asked for', () => {
  const stack = replicaStack(100, 10);
  stack.decide(0, 15);
  const rows = [
    { startSeconds: 0, replicas: 12 },
    { startSeconds: 60, replicas: 20 },
    { startSeconds: 120, replicas: 14 },
  ];
  assert.equal(stackFloor(rows, 60, 100, stack), 14, '20 can no longer be reached: only 10 serve then');
  assert.equal(stackFloor([{ startSeconds: 160, replicas: 18 }], 60, 100, stack), 18);
  assert.equal(stackFloor([{ startSeconds: 110, replicas: 11 }], 60, 100, stack), 11, 'given up down to 11');
});

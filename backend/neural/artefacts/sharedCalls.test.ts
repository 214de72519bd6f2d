import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as ort from 'onnxruntime-node';
import { LEVEL_COUNT, PATCH_STEPS, WindowBatch } from '../windows/index.ts';
import { SharedCalls } from './sharedCalls.ts';

/** A network that answers each window with its own first token, and keeps the number of windows of each call. */
class EchoSession {
  readonly calls: number[] = [];

  run(feeds: Readonly<Record<string, ort.Tensor>>): Promise<Record<string, { data: Float32Array }>> {
    const tokens = feeds['tokens']!;
    const windows = tokens.dims[0]!;
    const queries = feeds['query']!.dims[1]!;
    this.calls.push(windows);
    const each = queries * PATCH_STEPS * LEVEL_COUNT;
    const size = tokens.data.length / windows;
    const marks = Array.from({ length: windows }, (_, window) => tokens.data[window * size] as number);
    if (marks.includes(-1)) {
      return Promise.reject(new Error('a window that breaks the network'));
    }
    const data = Float32Array.from({ length: windows * each }, (_, cell) => marks[Math.floor(cell / each)]!);
    return Promise.resolve({ forecast: { data } });
  }
}

function callsOf(session: EchoSession): SharedCalls {
  return new SharedCalls(session as unknown as ort.InferenceSession);
}

function marked(queryCount: number, ...marks: readonly number[]): WindowBatch {
  const batch = new WindowBatch(marks.length, queryCount);
  marks.forEach((mark, window) => {
    batch.part('tokens', window)[0] = mark;
  });
  return batch;
}

function marksOf(answer: Float32Array, queryCount: number): number[] {
  const each = queryCount * PATCH_STEPS * LEVEL_COUNT;
  assert.equal(answer.length % each, 0);
  return Array.from({ length: answer.length / each }, (_, window) => {
    const own = new Set(answer.subarray(window * each, (window + 1) * each));
    assert.equal(own.size, 1);
    return answer[window * each]!;
  });
}

test('calls of one turn run together, and each gets its own answer', async () => {
  const session = new EchoSession();
  const calls = callsOf(session);
  const answers = await Promise.all([1, 2, 3, 4, 5].map((mark) => calls.run(marked(2, mark, 10 * mark))));
  assert.deepEqual(session.calls, [10]);
  assert.deepEqual(
    answers.map((answer) => marksOf(answer, 2)),
    [1, 2, 3, 4, 5].map((mark) => [mark, 10 * mark])
  );
});

test('at most sixteen windows run together; a batch of more runs by itself', async () => {
  const session = new EchoSession();
  const calls = callsOf(session);
  const marks = Array.from({ length: 40 }, (_, i) => i + 1);
  const large = Array.from({ length: 20 }, (_, i) => 100 + i);
  const [whole, ...answers] = await Promise.all([
    calls.run(marked(1, ...large)),
    ...marks.map((mark) => calls.run(marked(1, mark))),
  ]);
  assert.deepEqual(session.calls, [20, 16, 16, 8]);
  assert.deepEqual(marksOf(whole, 1), large);
  assert.deepEqual(
    answers.flatMap((answer) => marksOf(answer, 1)),
    marks
  );
});

test('windows with other horizons do not share a call, and none waits for ever', async () => {
  const session = new EchoSession();
  const calls = callsOf(session);
  const answers = await Promise.all([1, 3, 1, 3, 2].map((queries, i) => calls.run(marked(queries, i))));
  assert.deepEqual(session.calls, [2, 2, 1]);
  assert.deepEqual(
    answers.map((answer, i) => marksOf(answer, [1, 3, 1, 3, 2][i]!)),
    [[0], [1], [2], [3], [4]]
  );
});

test('calls made while others run are answered after them', async () => {
  const session = new EchoSession();
  const calls = callsOf(session);
  const first = await calls.run(marked(1, 7)).then(async (answer) => {
    const next = await Promise.all([calls.run(marked(1, 8)), calls.run(marked(1, 9))]);
    return [answer, ...next];
  });
  assert.deepEqual(
    first.flatMap((answer) => marksOf(answer, 1)),
    [7, 8, 9]
  );
  assert.deepEqual(session.calls, [1, 2]);
});

test('a failed call rejects who shared it, and later calls run', async () => {
  const calls = callsOf(new EchoSession());
  const outcomes = await Promise.allSettled([
    calls.run(marked(1, -1)),
    calls.run(marked(1, 2)),
    calls.run(marked(2, 3)),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected', 'fulfilled']
  );
  assert.deepEqual(marksOf(await calls.run(marked(1, 4)), 1), [4]);
});

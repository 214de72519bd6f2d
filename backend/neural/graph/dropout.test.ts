import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as ort from 'onnxruntime-node';
import * as g from './index.ts';

const SIZE = 64 * 23 * 16;
const RATE = 0.2;

/** Two masks of one graph for each seed. */
async function masks(seeds: readonly number[]): Promise<Float32Array[][]> {
  const graph = new g.Graph();
  const seed = graph.input('seed', []);
  const ones = graph.constant(new Float32Array(SIZE).fill(1), [64, 23, 16]);
  const first = g.dropout(graph, ones, RATE, seed);
  const second = g.dropout(graph, ones, RATE, seed);
  const session = await ort.InferenceSession.create(
    g.encodeModel(graph, { outputs: { first, second } }),
    g.sessionOptions()
  );
  const found: Float32Array[][] = [];
  for (const each of seeds) {
    const result = await session.run({ seed: new ort.Tensor('float32', [each], []) });
    found.push([result['first']!.data as Float32Array, result['second']!.data as Float32Array]);
  }
  return found;
}

const keptShare = (mask: Float32Array): number => mask.filter((each) => each > 0).length / mask.length;

/** The share of places that two masks both keep. */
const sharedShare = (a: Float32Array, b: Float32Array): number => a.filter((each, i) => each * b[i]! > 0).length / SIZE;

test('dropout keeps the share that it says and scales it up', async () => {
  for (const [mask] of await masks([0, 0.123, 0.5, 0.999])) {
    assert.ok(Math.abs(keptShare(mask!) - (1 - RATE)) < 0.01);
    assert.deepEqual(new Set(mask), new Set([0, Math.fround(1 / (1 - RATE))]));
  }
});

test('dropout of another seed, another place of the network or a shifted place is independent', async () => {
  const [[a, b], [c]] = (await masks([0.25, 0.2503])) as [[Float32Array, Float32Array], [Float32Array]];
  const independent = (1 - RATE) ** 2;
  for (const [left, right] of [
    [a, b],
    [a, c],
    [a.slice(0, -1), a.slice(1)],
    [a.slice(0, -16), a.slice(16)],
  ] as const) {
    assert.ok(Math.abs(sharedShare(left, right) - independent) < 0.02);
  }
});

test('dropout of the same seed is the same to the bit', async () => {
  const [first, second] = await masks([0.7, 0.7]);
  assert.deepEqual(first, second);
});

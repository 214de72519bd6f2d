import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as ort from 'onnxruntime-node';
import * as g from './index.ts';

const fill: g.Initializer = (values) => {
  values.forEach((_, i) => {
    values[i] = i + 1;
  });
};

const load = async (file: Uint8Array): Promise<ort.InferenceSession> =>
  ort.InferenceSession.create(file, g.sessionOptions());

test('a published graph takes any batch, and holds the values of its parameters', async () => {
  const graph = new g.Graph();
  const x = graph.input('x', [-1, -1, 4]);
  const y = g.matMul(graph, g.reshape(graph, x, [0, 0, 2, 2]), graph.parameter('w', [2, 3], fill));
  const values = Float32Array.of(1, 0, 0, 0, 1, 0);
  const session = await load(g.encodeModel(graph, { outputs: { y }, parameters: new Map([['w', values]]) }));
  assert.deepEqual(session.inputNames, ['x']);
  for (const [batch, queries] of [
    [1, 1],
    [5, 3],
  ] as const) {
    const data = Float32Array.from({ length: 4 * batch * queries }, (_, i) => i);
    const result = (await session.run({ x: new ort.Tensor('float32', data, [batch, queries, 4]) }))['y']!;
    assert.deepEqual(result.dims, [batch, queries, 2, 3]);
    assert.deepEqual([...(result.data as Float32Array).slice(-3)], [data.at(-2), data.at(-1), 0]);
  }
});

test('parameters without values are inputs', async () => {
  const graph = new g.Graph();
  const y = g.add(graph, graph.input('x', [2]), graph.parameter('w', [2], fill));
  const session = await load(g.encodeModel(graph, { outputs: { y } }));
  assert.deepEqual(session.inputNames.toSorted(), ['w', 'x']);
});

test('what no output needs is left out', async () => {
  const graph = new g.Graph();
  const x = graph.input('x', [2]);
  const y = g.tanh(graph, x);
  const outputs = { y };
  const before = g.encodeModel(graph, { outputs });
  g.multiply(graph, graph.input('unused', [2]), graph.parameter('idle', [2], fill));
  g.exp(graph, y);
  assert.deepEqual(g.encodeModel(graph, { outputs }), before);
  assert.deepEqual((await load(before)).inputNames, ['x']);
});

test('only gradients use operators beyond the ONNX standard', () => {
  const graph = new g.Graph();
  const w = graph.parameter('w', [3, 2], fill);
  const y = g.matMul(graph, g.softmax(graph, graph.input('x', [4, 3])), w);
  const loss = g.reduceSum(graph, y, [0, 1], false);
  const isStandard = (file: Uint8Array): boolean => !Buffer.from(file).includes('com.microsoft');
  const [gradient] = g.gradients(graph, loss, [w]);
  assert.ok(isStandard(g.encodeModel(graph, { outputs: { loss } })));
  assert.ok(!isStandard(g.encodeModel(graph, { outputs: { loss, gradient: gradient! } })));
});

test('equal small constants are one', () => {
  const graph = new g.Graph();
  assert.equal(graph.constant([0.5]), graph.constant([0.5]));
  assert.notEqual(graph.constant([0.5]), graph.constant([0.5], [1]));
  assert.equal(graph.constants.size, 2);
});

test('the same graph is the same bytes', () => {
  const encode = (): Uint8Array => {
    const graph = new g.Graph();
    const y = g.matMul(graph, graph.input('x', [-1, 3]), graph.parameter('w', [3, 2], fill));
    return g.encodeModel(graph, { outputs: { y }, metadata: { name: 'case' } });
  };
  assert.deepEqual(encode(), encode());
  assert.ok(Buffer.from(encode()).includes('case'));
});

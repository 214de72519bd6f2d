import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as ort from 'onnxruntime-node';
import { randomNormal, seededRandom } from '../../random/index.ts';
import * as g from './index.ts';

const normal = (seed: number, size: number): Float32Array => {
  const random = seededRandom(seed);
  return Float32Array.from({ length: size }, () => randomNormal(random));
};

interface OperatorCase {
  readonly shapes: readonly g.Shape[];
  readonly build: (graph: g.Graph, ...inputs: g.Tensor[]) => g.Tensor;
  /** Moves the inputs to where the function is smooth. */
  readonly adjust?: (value: number) => number;
}

const positive = (value: number): number => Math.abs(value) + 0.5;
const awayFromZero = (value: number): number => value + Math.sign(value) * 0.2;

const CASES: Readonly<Record<string, OperatorCase>> = {
  add: { shapes: [[2, 3], [3]], build: g.add },
  'add, both repeated': {
    shapes: [
      [2, 1, 3],
      [4, 1],
    ],
    build: g.add,
  },
  subtract: {
    shapes: [
      [2, 3],
      [2, 1],
    ],
    build: g.subtract,
  },
  multiply: {
    shapes: [
      [2, 3, 4],
      [3, 1],
    ],
    build: g.multiply,
  },
  divide: { shapes: [[2, 3], [3]], build: g.divide, adjust: positive },
  maximum: {
    shapes: [
      [4, 5],
      [4, 5],
    ],
    build: g.maximum,
  },
  negate: { shapes: [[3]], build: g.negate },
  scale: { shapes: [[3]], build: (graph, x) => g.scale(graph, x, -2.5) },
  matMul: {
    shapes: [
      [3, 4],
      [4, 2],
    ],
    build: g.matMul,
  },
  'matMul, shared right factor': {
    shapes: [
      [2, 3, 4],
      [4, 2],
    ],
    build: g.matMul,
  },
  'matMul, batched': {
    shapes: [
      [2, 2, 3, 4],
      [2, 2, 4, 5],
    ],
    build: g.matMul,
  },
  layerNorm: { shapes: [[2, 3, 8], [8], [8]], build: g.layerNorm },
  softmax: { shapes: [[2, 3, 5]], build: g.softmax },
  tanh: { shapes: [[2, 3]], build: g.tanh },
  sigmoid: { shapes: [[2, 3]], build: g.sigmoid },
  silu: { shapes: [[2, 3]], build: g.silu },
  exp: { shapes: [[2, 3]], build: g.exp },
  log: { shapes: [[2, 3]], build: g.log, adjust: positive },
  sqrt: { shapes: [[2, 3]], build: g.sqrt, adjust: positive },
  softplus: { shapes: [[2, 3]], build: g.softplus },
  sinh: { shapes: [[2, 3]], build: g.sinh },
  asinh: { shapes: [[2, 3]], build: g.asinh },
  absolute: { shapes: [[2, 3]], build: g.absolute, adjust: awayFromZero },
  relu: { shapes: [[2, 3]], build: g.relu, adjust: awayFromZero },
  clip: { shapes: [[3, 4]], build: (graph, x) => g.clip(graph, x, -0.5, 0.5) },
  reshape: { shapes: [[2, 6]], build: (graph, x) => g.reshape(graph, x, [0, 3, -1]) },
  transpose: { shapes: [[2, 3, 4]], build: (graph, x) => g.transpose(graph, x, [2, 0, 1]) },
  concat: {
    shapes: [
      [2, 3],
      [2, 2],
    ],
    build: (graph, a, b) => g.concat(graph, [a, b], 1),
  },
  slice: { shapes: [[3, 5]], build: (graph, x) => g.slice(graph, x, 1, 1, 4) },
  reduceSum: { shapes: [[2, 3, 4]], build: (graph, x) => g.reduceSum(graph, x, [0, 2], false) },
  embedding: {
    shapes: [[5, 3]],
    build: (graph, table) => {
      const indices = graph.input('indices', [2, 2], 'int64');
      return g.embedding(graph, table, indices);
    },
  },
  dropout: {
    shapes: [[4, 6]],
    build: (graph, x) => g.dropout(graph, x, 0.3, graph.constant([0.37])),
  },
};

for (const [name, { shapes, build, adjust = (value: number): number => value }] of Object.entries(CASES)) {
  test(`the gradient of ${name} is that of finite differences`, async () => {
    const graph = new g.Graph();
    const inputs = shapes.map((shape, i) => graph.input(`x${String(i)}`, shape));
    const y = build(graph, ...inputs);
    const weights = graph.constant(normal(99, g.sizeOf(y.shape)), y.shape);
    const axes = y.shape.map((_, axis) => axis);
    const loss = g.reduceSum(graph, g.multiply(graph, y, weights), axes, false);
    const parts = g.gradients(graph, loss, inputs);
    const outputs = Object.fromEntries(parts.map((part, i) => [`g${String(i)}`, part]));
    const session = await ort.InferenceSession.create(
      g.encodeModel(graph, { outputs: { loss, ...outputs } }),
      g.sessionOptions()
    );
    const values = shapes.map((shape, i) => normal(i + 1, g.sizeOf(shape)).map(adjust));
    const run = async (): Promise<ort.InferenceSession.OnnxValueMapType> =>
      session.run({
        ...Object.fromEntries(values.map((each, i) => [`x${String(i)}`, new ort.Tensor('float32', each, shapes[i])])),
        ...(name === 'embedding' ? { indices: new ort.Tensor('int64', BigInt64Array.of(0n, 4n, 4n, 2n), [2, 2]) } : {}),
      });
    const lossOf = async (): Promise<number> => ((await run())['loss']!.data as Float32Array)[0]!;
    const result = await run();
    for (const [i, each] of values.entries()) {
      const gradient = result[`g${String(i)}`]!;
      assert.deepEqual(gradient.dims, shapes[i]);
      for (let j = 0; j < each.length; j++) {
        const kept = each[j]!;
        const width = 1e-2;
        each[j] = kept + width;
        const above = await lossOf();
        each[j] = kept - width;
        const below = await lossOf();
        each[j] = kept;
        const expected = (above - below) / (2 * width);
        const got = (gradient.data as Float32Array)[j]!;
        assert.ok(
          Math.abs(got - expected) < 0.02 + 0.02 * Math.abs(expected),
          `${String(got)} is not ${String(expected)}`
        );
      }
    }
  });
}

function regression(graph: g.Graph): g.Tensor {
  const x = graph.input('x', [16, 3]);
  const y = graph.input('y', [16, 1]);
  const random = seededRandom(5);
  const initialize = (values: Float32Array): void => {
    values.forEach((_, i) => {
      values[i] = 0.3 * randomNormal(random);
    });
  };
  const hidden = g.tanh(graph, g.matMul(graph, x, graph.parameter('w1', [3, 8], initialize)));
  const error = g.subtract(graph, g.matMul(graph, hidden, graph.parameter('w2', [8, 1], initialize)), y);
  return g.scale(graph, g.reduceSum(graph, g.multiply(graph, error, error), [0, 1], false), 1 / 16);
}

const feeds = (): g.Feeds => {
  const x = normal(3, 48);
  return { x, y: Float32Array.from({ length: 16 }, (_, i) => Math.sin(x[3 * i]!) - 0.5 * x[3 * i + 1]!) };
};

test('a small network learns, and the same seed gives the same bits', async () => {
  const losses: number[][] = [];
  for (let run = 0; run < 2; run++) {
    const session = await g.TrainingSession.create(regression);
    const own: number[] = [];
    for (let step = 0; step < 200; step++) {
      own.push((await session.step(feeds(), 0.02)).loss);
    }
    losses.push(own);
  }
  assert.deepEqual(losses[0], losses[1]);
  assert.ok(losses[0]!.at(-1)! < 0.1 * losses[0]![0]!);
});

test('a resumed training goes on to the same bits', async () => {
  const whole = await g.TrainingSession.create(regression);
  for (let step = 0; step < 20; step++) {
    await whole.step(feeds(), 0.01);
  }
  const first = await g.TrainingSession.create(regression);
  for (let step = 0; step < 9; step++) {
    await first.step(feeds(), 0.01);
  }
  const second = await g.TrainingSession.create(regression);
  second.load(first.state());
  for (let step = 9; step < 20; step++) {
    await second.step(feeds(), 0.01);
  }
  assert.deepEqual(second.state(), whole.state());
});

test('a step is that of AdamW', async () => {
  const build = (graph: g.Graph): g.Tensor => {
    const w = graph.parameter('w', [2, 1], (values) => {
      values.set([1, -2]);
    });
    return g.reduceSum(graph, g.matMul(graph, graph.input('x', [1, 2]), w), [0, 1], false);
  };
  const session = await g.TrainingSession.create(build, { clipNorm: 100 });
  await session.step({ x: Float32Array.of(3, -4) }, 0.1);
  const [a, b] = session.parameters().get('w')!;
  assert.ok(Math.abs(a! - (1 - 0.1 * (1 + 0.02 * 1))) < 1e-5);
  assert.ok(Math.abs(b! - (-2 - 0.1 * (-1 + 0.02 * -2))) < 1e-5);
});

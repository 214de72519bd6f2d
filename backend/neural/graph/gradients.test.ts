import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { randomNormal, seededRandom } from '../../random/index.ts';
import * as g from './index.ts';

const WIDTH = 1e-2;
const RUNS = { numRuns: 20 };

type Build = (graph: g.Graph, inputs: readonly g.Tensor[]) => g.Tensor;

/** Fails unless the slope of a weighted sum of the outputs along a random direction is the gradient's. */
async function assertSlopes(shapes: readonly g.Shape[], seed: number, build: Build): Promise<void> {
  const random = seededRandom(seed);
  const normal = (size: number): Float32Array => Float32Array.from({ length: size }, () => randomNormal(random));
  const graph = new g.Graph();
  const inputs = shapes.map((shape, i) => graph.input(`x${String(i)}`, shape));
  const y = build(graph, inputs);
  const weighted = g.multiply(graph, y, graph.constant(normal(g.sizeOf(y.shape)), y.shape));
  const axes = y.shape.map((_, axis) => axis);
  const loss = g.reduceSum(graph, weighted, axes, false);
  const parts = g.gradients(graph, loss, inputs);
  const outputs = Object.fromEntries(parts.map((part, i) => [`g${String(i)}`, part]));
  const session = await ort.InferenceSession.create(
    g.encodeModel(graph, { outputs: { loss, y, ...outputs } }),
    g.sessionOptions()
  );
  const places = shapes.map((shape) => normal(g.sizeOf(shape)));
  const direction = places.map(({ length }) => normal(length));
  const run = async (along: number): Promise<ort.InferenceSession.OnnxValueMapType> =>
    session.run(
      Object.fromEntries(
        places.map((place, i) => [
          `x${String(i)}`,
          new ort.Tensor(
            'float32',
            place.map((each, j) => each + along * direction[i]![j]!),
            shapes[i]
          ),
        ])
      )
    );
  const lossAt = async (along: number): Promise<number> => ((await run(along))['loss']!.data as Float32Array)[0]!;
  const here = await run(0);
  assert.deepEqual(here['y']!.dims, y.shape);
  let slope = 0;
  let size = 0;
  parts.forEach((_, i) => {
    const gradient = here[`g${String(i)}`]!;
    assert.deepEqual(gradient.dims, shapes[i]);
    (gradient.data as Float32Array).forEach((each, j) => {
      slope += each * direction[i]![j]!;
      size += Math.abs(each * direction[i]![j]!);
    });
  });
  const expected = ((await lossAt(WIDTH)) - (await lossAt(-WIDTH))) / (2 * WIDTH);
  assert.ok(Math.abs(slope - expected) < 0.01 + 0.02 * size, `slope ${String(slope)}, not ${String(expected)}`);
}

const size = fc.integer({ min: 1, max: 4 });
const shape = fc.array(size, { minLength: 1, maxLength: 4 });
const seed = fc.nat(1_000_000);

/** Two shapes that broadcast: of each axis either side may be 1, and either may lack leading axes. */
const broadcasting = fc
  .tuple(
    shape,
    fc.array(fc.constantFrom('both', 'left', 'right'), { minLength: 4, maxLength: 4 }),
    fc.nat(3),
    fc.boolean()
  )
  .map(([whole, kept, missing, isLeftShort]) => {
    const side = (name: 'left' | 'right', isShort: boolean): number[] =>
      whole
        .map((each, axis) => (kept[axis] === 'both' || kept[axis] === name ? each : 1))
        .slice(isShort ? Math.min(missing, whole.length) : 0);
    return [side('left', isLeftShort), side('right', !isLeftShort)] as const;
  });

for (const [name, operator] of Object.entries({ add: g.add, subtract: g.subtract, multiply: g.multiply })) {
  test(`the gradient of ${name} sums over what was repeated, for any two shapes that broadcast`, async () => {
    await fc.assert(
      fc.asyncProperty(broadcasting, seed, async (shapes, from) =>
        assertSlopes(shapes, from, (graph, [a, b]) => operator(graph, a!, b!))
      ),
      RUNS
    );
  });
}

test('the gradient of divide sums over what was repeated, for any two shapes that broadcast', async () => {
  await fc.assert(
    fc.asyncProperty(broadcasting, seed, async (shapes, from) =>
      assertSlopes(shapes, from, (graph, [a, b]) =>
        g.divide(graph, a!, g.add(graph, g.exp(graph, b!), graph.constant([1])))
      )
    ),
    RUNS
  );
});

test('the gradient of matMul holds for any batch and any sizes, with a factor of its own or a shared one', async () => {
  const batch = fc.array(size, { maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(batch, size, size, size, fc.boolean(), seed, async (rows, n, k, m, isShared, from) =>
      assertSlopes([[...rows, n, k], isShared ? [k, m] : [...rows, k, m]], from, (graph, [a, b]) =>
        g.matMul(graph, a!, b!)
      )
    ),
    RUNS
  );
});

test('the gradients of reshape, transpose, slice, concat and reduceSum hold for any shape and axis', async () => {
  await fc.assert(
    fc.asyncProperty(shape, fc.nat(3), fc.nat(3), fc.boolean(), seed, async (whole, place, start, keepDims, from) => {
      const axis = place % whole.length;
      const first = start % whole[axis]!;
      await assertSlopes([whole, whole], from, (graph, [a, b]) => {
        const joined = g.concat(graph, [g.slice(graph, a!, axis, first, whole[axis]!), b!], axis);
        const turned = g.transpose(
          graph,
          joined,
          whole.map((_, i) => (i + place) % whole.length)
        );
        const flat = g.reshape(graph, turned, [-1, turned.shape.at(-1)!]);
        const sum = g.reduceSum(graph, g.multiply(graph, joined, joined), [axis], keepDims);
        return g.add(graph, g.reduceSum(graph, g.tanh(graph, flat), [0, 1], false), sum);
      });
    }),
    RUNS
  );
});

test('the gradients of layerNorm and softmax hold for any leading axes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 3 }), seed, async (leading, from) =>
      assertSlopes([[...leading, 8], [8], [8]], from, (graph, [x, gain, bias]) =>
        g.softmax(graph, g.layerNorm(graph, x!, gain!, bias!))
      )
    ),
    RUNS
  );
});

test('a tensor used several times gets the sum of its gradients', async () => {
  await assertSlopes([[3, 3]], 1, (graph, [x]) =>
    g.add(graph, g.matMul(graph, x!, g.tanh(graph, x!)), g.transpose(graph, x!, [1, 0]))
  );
});

test('a tensor without influence on the loss is an error', () => {
  const graph = new g.Graph();
  const x = graph.input('x', [2]);
  const unused = graph.input('unused', [2]);
  const loss = g.reduceSum(graph, x, [0], false);
  assert.throws(() => g.gradients(graph, loss, [unused]), /unused has no influence/);
});

test('factors that do not fit are an error when the graph is built', () => {
  const graph = new g.Graph();
  const of = (...shape: number[]): g.Tensor => graph.input(`x${shape.join('x')}`, shape);
  assert.throws(() => g.matMul(graph, of(2, 3), of(4, 5)), /2x3 and 4x5/);
  assert.throws(() => g.matMul(graph, of(2, 3), of(7, 3, 5)), /2x3 and 7x3x5/);
  assert.throws(() => g.add(graph, of(2, 3), of(2, 4)), /2x3 and 2x4/);
});

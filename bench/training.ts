import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { attend, feedForward } from '../backend/neural/architectures/attention.ts';
import { linear } from '../backend/neural/architectures/buildContext.ts';
import {
  encodeModel,
  Graph,
  gradients,
  maximum,
  multiply,
  reduceSum,
  scale,
  sessionOptions,
  subtract,
  TrainingSession,
  type Tensor,
} from '../backend/neural/graph/index.ts';
import { NEURAL_LEVELS } from '../backend/neural/windows/index.ts';
import { randomNormal, seededRandom } from '../backend/random/index.ts';
import type { Bench, BenchRow } from './bench.ts';
import { startPythonPeer } from './pythonPeer.ts';

const BATCH = 64;
const TOKENS = 23;
const FEATURES = 77;
const WIDTH = 128;
const LAYERS = 3;
const LEVELS = NEURAL_LEVELS.length;
const ROUNDS = 15;
/** Of the gradient's norm; both are single precision. */
const TOLERANCE = 2e-3;

interface FirstAnswer {
  readonly hasFastBlas: boolean;
  /** The norm of each parameter's gradient, and its product with sin(0), sin(1), ... */
  readonly gradients: Readonly<Record<string, readonly [number, number]>>;
}

/** A training step (forward, backward, clipping, AdamW) of the patch Transformer's encoder, beside PyTorch's, one thread each. */
export const bench: Bench = {
  name: 'training',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'headroom-training-'));
    try {
      const file = join(folder, 'case.bin');
      const graph = new Graph();
      build(graph);
      await writeFile(file, caseOf(graph));
      const peer = await startPythonPeer('training/step.py', [file]);
      if (peer === undefined) {
        return { rows: [], missing: ['PyTorch: apt-get install python3-torch (it is looked for at /usr/bin/python3)'] };
      }
      const answer = JSON.parse((await peer.answer()) ?? '') as FirstAnswer;
      const agreement = await gradientRow(graph, answer.gradients);
      if (!answer.hasFastBlas) {
        peer.stop();
        return {
          rows: [agreement],
          missing: [
            'PyTorch over OpenBLAS: apt-get install libopenblas0-pthread (over the reference BLAS PyTorch takes ten times as long, which says nothing)',
          ],
        };
      }
      const session = await TrainingSession.create(build);
      const feeds = { inputs: numbers(1, BATCH * TOKENS * FEATURES), targets: numbers(2, BATCH * TOKENS) };
      await session.step(feeds, 1e-3);
      await peer.answer();
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        const started = process.cpuUsage();
        await session.step(feeds, 1e-3);
        const { user, system } = process.cpuUsage(started);
        ours.push((user + system) / 1e6);
        theirs.push((await peer.seconds()) ?? Number.NaN);
      }
      peer.stop();
      return { rows: [rowOf(ours, theirs), agreement], missing: [] };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

function numbers(seed: number, count: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: count }, () => randomNormal(random));
}

function build(graph: Graph): Tensor {
  const context = { graph, random: seededRandom(3) };
  let x = linear(context, 'token', graph.input('inputs', [BATCH, TOKENS, FEATURES]), WIDTH);
  for (let layer = 0; layer < LAYERS; layer++) {
    const name = `encoder.${String(layer)}`;
    x = feedForward(context, `${name}.forward`, attend(context, `${name}.attend`, x));
  }
  const error = subtract(graph, graph.input('targets', [BATCH, TOKENS, 1]), linear(context, 'head', x, LEVELS));
  const above = multiply(graph, graph.constant(NEURAL_LEVELS, [LEVELS]), error);
  const loss = maximum(graph, above, subtract(graph, above, error));
  return scale(graph, reduceSum(graph, loss, [0, 1, 2], false), 1 / (BATCH * TOKENS * LEVELS));
}

function caseOf(graph: Graph): Uint8Array {
  const parameters = [...graph.parameters].map(([name, { tensor }]) => [name, tensor.shape]);
  const header = {
    parameters,
    inputs: [BATCH, TOKENS, FEATURES],
    targets: [BATCH, TOKENS, 1],
    levels: NEURAL_LEVELS,
    width: WIDTH,
    layers: LAYERS,
  };
  const vectors = [
    ...[...graph.parameters.values()].map(({ values }) => values),
    numbers(1, BATCH * TOKENS * FEATURES),
    numbers(2, BATCH * TOKENS),
  ];
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...vectors.map((each) => new Uint8Array(each.buffer, each.byteOffset, each.byteLength)),
  ]);
}

/** Parameters whose gradient is PyTorch's, of all; fails where one is not. */
async function gradientRow(graph: Graph, theirs: FirstAnswer['gradients']): Promise<BenchRow> {
  const own = new Graph();
  const loss = build(own);
  const tensors = [...own.parameters.values()].map(({ tensor }) => tensor);
  const parts = gradients(own, loss, tensors);
  const outputs = Object.fromEntries(parts.map((part, i) => [`gradient.${tensors[i]!.name}`, part]));
  const parameters = new Map([...graph.parameters].map(([name, { values }]) => [name, values]));
  const session = await ort.InferenceSession.create(encodeModel(own, { outputs, parameters }), sessionOptions());
  const result = await session.run({
    inputs: new ort.Tensor('float32', numbers(1, BATCH * TOKENS * FEATURES), [BATCH, TOKENS, FEATURES]),
    targets: new ort.Tensor('float32', numbers(2, BATCH * TOKENS), [BATCH, TOKENS, 1]),
  });
  for (const { name } of tensors) {
    const values = result[`gradient.${name}`]!.data as Float32Array;
    const norm = Math.sqrt(values.reduce((sum, each) => sum + each * each, 0));
    const product = values.reduce((sum, each, i) => sum + each * Math.sin(i), 0);
    const [expectedNorm, expectedProduct] = theirs[name]!;
    const tolerance = TOLERANCE * expectedNorm + 1e-6;
    if (Math.abs(norm - expectedNorm) > tolerance || Math.abs(product - expectedProduct) > tolerance) {
      throw new Error(
        `the gradient of ${name} has norm and product ${[norm, product].join(', ')}, PyTorch's ${theirs[name]!.join(', ')}`
      );
    }
  }
  const count = tensors.length;
  return { name: "parameters whose gradient is PyTorch's, of all", ours: count, peer: count, ratio: 1, spread: [1, 1] };
}

function rowOf(ours: readonly number[], theirs: readonly number[]): BenchRow {
  const ratios = ours.map((seconds, round) => theirs[round]! / seconds).sort((a, b) => a - b);
  const mean = (seconds: readonly number[]): number => seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
  return {
    name: "a training step of the patch Transformer's encoder, beside PyTorch",
    ours: 1000 * mean(ours),
    peer: 1000 * mean(theirs),
    unit: 'CPU ms',
    ratio: ratios[ratios.length >> 1]!,
    spread: [ratios[0]!, ratios.at(-1)!],
  };
}

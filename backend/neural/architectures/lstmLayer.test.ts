import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as ort from 'onnxruntime-node';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { encodeModel, Graph, sessionOptions } from '../graph/index.ts';
import { lstmLayer } from './lstmLayer.ts';

const [BATCH, TOKENS, WIDTH] = [3, 7, 8];

test("the unrolled LSTM and ONNX's own agree on the same parameters", async () => {
  const random = seededRandom(4);
  const x = Float32Array.from({ length: BATCH * TOKENS * WIDTH }, () => randomNormal(random));
  const results: Float32Array[] = [];
  for (const batch of [BATCH, -1]) {
    const graph = new Graph();
    const y = lstmLayer({ graph, random: seededRandom(9) }, 'layer', graph.input('x', [batch, TOKENS, WIDTH]));
    const parameters = new Map([...graph.parameters].map(([name, { values }]) => [name, values]));
    parameters.get('layer.bias')!.forEach((each, i, all) => {
      all[i] = each + 0.1 * Math.sin(i);
    });
    const file = encodeModel(graph, { outputs: { y }, parameters });
    assert.equal(Buffer.from(file).includes('LSTM'), batch < 0);
    const session = await ort.InferenceSession.create(file, sessionOptions());
    const result = (await session.run({ x: new ort.Tensor('float32', x, [BATCH, TOKENS, WIDTH]) }))['y']!;
    assert.deepEqual(result.dims, [BATCH, TOKENS, WIDTH]);
    results.push(result.data as Float32Array);
  }
  const [unrolled, whole] = results as [Float32Array, Float32Array];
  unrolled.forEach((each, i) => {
    assert.ok(Math.abs(each - whole[i]!) < 1e-5);
  });
});

import { seededRandom } from '../../random/index.ts';
import { encodeModel, Graph, transpose } from '../graph/index.ts';
import { LEVEL_COUNT, PATCH_STEPS } from '../windows/index.ts';
import { buildNetwork, type Architecture, type NetworkSize } from './buildNetwork.ts';
import { networkInputs } from './networkInputs.ts';

export const OPSET = 17;

/**
 * The network as an ONNX file with any number of windows and queries: `forecast` is `[batch, queries, step, level]` in
 * scaled space, ascending by level.
 */
export function publishNetwork(
  architecture: Architecture,
  size: NetworkSize,
  parameters: ReadonlyMap<string, Float32Array>
): Uint8Array {
  const graph = new Graph();
  const inputs = networkInputs(graph, -1, -1);
  const quantiles = buildNetwork({ graph, random: seededRandom(0) }, architecture, size, inputs);
  const byStep = transpose(graph, quantiles, [0, 1, 3, 2]);
  const forecast = graph.applyAll({
    operator: 'TopK',
    inputs: [byStep, graph.integers([LEVEL_COUNT])],
    shape: [-1, -1, PATCH_STEPS, LEVEL_COUNT],
    further: [[-1, -1, PATCH_STEPS, LEVEL_COUNT]],
    attributes: { axis: -1, largest: 0, sorted: 1 },
  })[0];
  return encodeModel(graph, { outputs: { forecast }, parameters, opset: OPSET });
}

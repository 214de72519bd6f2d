import {
  add,
  concat,
  matMul,
  multiply,
  reshape,
  sigmoid,
  slice,
  tanh,
  transpose,
  type Tensor,
} from '../graph/index.ts';
import { scaledNormal, type BuildContext } from './buildContext.ts';

/**
 * One LSTM layer over `x` `[batch, tokens, width]`, oldest token first, without peepholes.
 *
 * Unrolled where the batch is known, so that it has a gradient; as ONNX's own operator in published graphs, from the
 * same parameters. Gates stand in ONNX's order: input, output, forget, cell. Source: Hochreiter and Schmidhuber (1997).
 */
export function lstmLayer({ graph, random }: BuildContext, name: string, x: Tensor): Tensor {
  const [batch, tokens, width] = x.shape as [number, number, number];
  const input = graph.parameter(`${name}.input`, [width, 4 * width], scaledNormal(random));
  const recurrent = graph.parameter(`${name}.recurrent`, [width, 4 * width], scaledNormal(random));
  const bias = graph.parameter(`${name}.bias`, [4 * width], (values) => {
    values.fill(0).fill(1, 2 * width, 3 * width);
  });
  if (batch < 0) {
    const turned = (weight: Tensor): Tensor => reshape(graph, transpose(graph, weight, [1, 0]), [1, 4 * width, width]);
    const none = graph.constant(new Float32Array(4 * width), [4 * width]);
    const outputs = graph.apply({
      operator: 'LSTM',
      inputs: [
        transpose(graph, x, [1, 0, 2]),
        turned(input),
        turned(recurrent),
        reshape(graph, concat(graph, [bias, none], 0), [1, 8 * width]),
      ],
      shape: [tokens, 1, batch, width],
      attributes: { hidden_size: width },
    });
    const flat = graph.apply({
      operator: 'Squeeze',
      inputs: [outputs, graph.integers([1])],
      shape: [tokens, batch, width],
    });
    return transpose(graph, flat, [1, 0, 2]);
  }
  const projected = add(graph, matMul(graph, x, input), bias);
  const states: Tensor[] = [];
  let hidden: Tensor | undefined;
  let cell: Tensor | undefined;
  for (let token = 0; token < tokens; token++) {
    const own = reshape(graph, slice(graph, projected, 1, token, token + 1), [batch, 4 * width]);
    const gates: Tensor = hidden === undefined ? own : add(graph, own, matMul(graph, hidden, recurrent));
    const open = sigmoid(graph, slice(graph, gates, 1, 0, 3 * width));
    const fresh = tanh(graph, slice(graph, gates, 1, 3 * width, 4 * width));
    const gate = (index: number): Tensor => slice(graph, open, 1, index * width, (index + 1) * width);
    const written = multiply(graph, gate(0), fresh);
    cell = cell === undefined ? written : add(graph, multiply(graph, gate(2), cell), written);
    hidden = multiply(graph, gate(1), tanh(graph, cell));
    states.push(reshape(graph, hidden, [batch, 1, width]));
  }
  return concat(graph, states, 1);
}

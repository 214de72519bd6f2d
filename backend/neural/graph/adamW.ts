import type { Graph, Tensor } from './graph.ts';
import { add, divide, multiply, scale, subtract } from './operators/arithmetic.ts';
import { sqrt } from './operators/functions.ts';
import { reduceSum } from './operators/shapes.ts';
import type { OptimizerOptions } from './optimizerOptions.ts';

/**
 * One step of AdamW over the flat vector `values`, after its gradient is cut to `clipNorm`.
 *
 * Adds the inputs `moments`, `squares`, `rate`, `correction1` and `correction2`, 1 / (1 - beta^step). Source: Loshchilov
 * and Hutter (2019), algorithm 2.
 */
export function adamW(
  graph: Graph,
  values: Tensor,
  gradient: Tensor,
  decays: Float32Array,
  { beta1, beta2, epsilon, weightDecay, clipNorm }: OptimizerOptions
): Record<string, Tensor> {
  const { shape } = values;
  const moments = graph.input('moments', shape);
  const squares = graph.input('squares', shape);
  const rate = graph.input('rate', []);
  const correction1 = graph.input('correction1', []);
  const correction2 = graph.input('correction2', []);
  const norm = sqrt(graph, reduceSum(graph, multiply(graph, gradient, gradient), [0], false));
  const bound = graph.constant([clipNorm]);
  const larger = graph.apply({ operator: 'Max', inputs: [norm, bound], shape: [] });
  const clipped = multiply(graph, gradient, divide(graph, bound, larger));
  const nextMoments = add(graph, scale(graph, moments, beta1), scale(graph, clipped, 1 - beta1));
  const nextSquares = add(
    graph,
    scale(graph, squares, beta2),
    scale(graph, multiply(graph, clipped, clipped), 1 - beta2)
  );
  const deviation = add(graph, sqrt(graph, multiply(graph, nextSquares, correction2)), graph.constant([epsilon]));
  const change = divide(graph, multiply(graph, nextMoments, correction1), deviation);
  const decay = multiply(graph, values, scale(graph, graph.constant(decays, shape), weightDecay));
  const nextValues = subtract(graph, values, multiply(graph, rate, add(graph, change, decay)));
  return { norm, nextValues, nextMoments, nextSquares };
}

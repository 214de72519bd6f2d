import type { Graph, Tensor } from '../graph.ts';
import { add, divide, multiply, scale, subtract } from './arithmetic.ts';

/** An element-wise function with its derivative, from the input and the function's own value. */
function elementwise(operator: string, derivative: (graph: Graph, x: Tensor, y: Tensor) => Tensor) {
  return (graph: Graph, x: Tensor): Tensor => {
    const y: Tensor = graph.apply({
      operator,
      inputs: [x],
      shape: x.shape,
      gradient: (gradient) => [multiply(graph, gradient, derivative(graph, x, y))],
    });
    return y;
  };
}

const one = (graph: Graph): Tensor => graph.constant([1]);

export const tanh = elementwise('Tanh', (graph, _, y) => subtract(graph, one(graph), multiply(graph, y, y)));
export const sigmoid = elementwise('Sigmoid', (graph, _, y) => multiply(graph, y, subtract(graph, one(graph), y)));
export const exp = elementwise('Exp', (_, __, y) => y);
export const log = elementwise('Log', (graph, x) => divide(graph, one(graph), x));
export const sqrt = elementwise('Sqrt', (graph, _, y) => divide(graph, graph.constant([0.5]), y));
export const absolute = elementwise('Abs', (graph, x) =>
  graph.apply({ operator: 'Sign', inputs: [x], shape: x.shape })
);
export const softplus = elementwise('Softplus', (graph, x) => sigmoid(graph, x));
export const sinh = elementwise('Sinh', (graph, x) => graph.apply({ operator: 'Cosh', inputs: [x], shape: x.shape }));
export const asinh = elementwise('Asinh', (graph, x) =>
  divide(graph, one(graph), sqrt(graph, add(graph, multiply(graph, x, x), one(graph))))
);

export function relu(graph: Graph, x: Tensor): Tensor {
  return graph.apply({
    operator: 'Relu',
    inputs: [x],
    shape: x.shape,
    gradient: (gradient) => [whereWithin(graph, gradient, x, 0, Number.POSITIVE_INFINITY)],
  });
}

/** x times its sigmoid (SiLU). Source: Elfwing et al. (2017). */
export function silu(graph: Graph, x: Tensor): Tensor {
  return multiply(graph, x, sigmoid(graph, x));
}

/** Keeps values within [low, high]; outside there is no gradient. */
export function clip(graph: Graph, x: Tensor, low: number, high: number): Tensor {
  return graph.apply({
    operator: 'Clip',
    inputs: [x, graph.constant([low]), graph.constant([high])],
    shape: x.shape,
    gradient: (gradient) => [whereWithin(graph, gradient, x, low, high)],
  });
}

/** Softmax over the last axis. */
export function softmax(graph: Graph, x: Tensor): Tensor {
  const axis = x.shape.length - 1;
  const y: Tensor = graph.apply({
    operator: 'Softmax',
    inputs: [x],
    shape: x.shape,
    attributes: { axis },
    gradient(gradient) {
      const product = multiply(graph, gradient, y);
      const sum = graph.apply({
        operator: 'ReduceSum',
        inputs: [product, graph.integers([axis])],
        shape: x.shape.map((size, i) => (i === axis ? 1 : size)),
        attributes: { keepdims: 1 },
      });
      return [subtract(graph, product, multiply(graph, y, sum))];
    },
  });
  return y;
}

/**
 * Drops elements with probability `rate` and scales up the rest; which ones depends on the scalar `seed` alone, so that
 * a step can be repeated to the bit.
 */
export function dropout(graph: Graph, x: Tensor, rate: number, seed: Tensor): Tensor {
  const size = x.shape.reduce((product, each) => product * each, 1);
  const salt = graph.nodes.length % 997;
  const places = graph.constant(
    Float32Array.from({ length: size }, (_, i) => ((i * 0.618034) % 1) * 331.7),
    x.shape
  );
  const wave = graph.apply({
    operator: 'Sin',
    inputs: [
      add(graph, multiply(graph, places, add(graph, seed, graph.constant([1 + salt / 997]))), graph.constant([salt])),
    ],
    shape: x.shape,
  });
  const large = scale(graph, wave, 4375.85);
  const floor = graph.apply({ operator: 'Floor', inputs: [large], shape: x.shape });
  const isKept = graph.apply({
    operator: 'GreaterOrEqual',
    inputs: [subtract(graph, large, floor), graph.constant([rate])],
    shape: x.shape,
  });
  const mask = graph.apply({
    operator: 'Where',
    inputs: [isKept, graph.constant([1 / (1 - rate)]), graph.constant([0])],
    shape: x.shape,
  });
  return multiply(graph, x, mask);
}

function whereWithin(graph: Graph, gradient: Tensor, x: Tensor, low: number, high: number): Tensor {
  const { shape } = x;
  let kept = gradient;
  for (const [operator, bound] of [
    ['Greater', low],
    ['Less', high],
  ] as const) {
    if (Number.isFinite(bound)) {
      const isInside = graph.apply({ operator, inputs: [x, graph.constant([bound])], shape });
      kept = graph.apply({ operator: 'Where', inputs: [isInside, kept, graph.constant([0])], shape });
    }
  }
  return kept;
}

import type { Graph, Tensor } from '../graph.ts';
import { broadcastShape, unbroadcast } from './shapes.ts';

export function add(graph: Graph, a: Tensor, b: Tensor): Tensor {
  return graph.apply({
    operator: 'Add',
    inputs: [a, b],
    shape: broadcastShape(a.shape, b.shape),
    gradient: (gradient) => [unbroadcast(graph, gradient, a.shape), unbroadcast(graph, gradient, b.shape)],
  });
}

export function subtract(graph: Graph, a: Tensor, b: Tensor): Tensor {
  return graph.apply({
    operator: 'Sub',
    inputs: [a, b],
    shape: broadcastShape(a.shape, b.shape),
    gradient: (gradient) => [
      unbroadcast(graph, gradient, a.shape),
      unbroadcast(graph, negate(graph, gradient), b.shape),
    ],
  });
}

export function multiply(graph: Graph, a: Tensor, b: Tensor): Tensor {
  return graph.apply({
    operator: 'Mul',
    inputs: [a, b],
    shape: broadcastShape(a.shape, b.shape),
    gradient: (gradient) => [
      unbroadcast(graph, multiply(graph, gradient, b), a.shape),
      unbroadcast(graph, multiply(graph, gradient, a), b.shape),
    ],
  });
}

export function divide(graph: Graph, a: Tensor, b: Tensor): Tensor {
  const quotient: Tensor = graph.apply({
    operator: 'Div',
    inputs: [a, b],
    shape: broadcastShape(a.shape, b.shape),
    gradient(gradient) {
      const left = divide(graph, gradient, b);
      return [
        unbroadcast(graph, left, a.shape),
        unbroadcast(graph, negate(graph, multiply(graph, left, quotient)), b.shape),
      ];
    },
  });
  return quotient;
}

export function scale(graph: Graph, x: Tensor, factor: number): Tensor {
  return multiply(graph, x, graph.constant([factor]));
}

export function negate(graph: Graph, x: Tensor): Tensor {
  return graph.apply({
    operator: 'Neg',
    inputs: [x],
    shape: x.shape,
    gradient: (gradient) => [negate(graph, gradient)],
  });
}

/** The larger of two tensors of one shape; where they are equal, the gradient goes to the first. */
export function maximum(graph: Graph, a: Tensor, b: Tensor): Tensor {
  return graph.apply({
    operator: 'Max',
    inputs: [a, b],
    shape: broadcastShape(a.shape, b.shape),
    gradient(gradient) {
      const shape = broadcastShape(a.shape, b.shape);
      const isLeft = graph.apply({ operator: 'GreaterOrEqual', inputs: [a, b], shape });
      const none = graph.constant([0]);
      const left = graph.apply({ operator: 'Where', inputs: [isLeft, gradient, none], shape });
      const right = graph.apply({ operator: 'Where', inputs: [isLeft, none, gradient], shape });
      return [unbroadcast(graph, left, a.shape), unbroadcast(graph, right, b.shape)];
    },
  });
}

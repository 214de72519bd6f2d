import { sizeOf, type Graph, type Tensor } from '../graph.ts';
import { add, multiply, scale } from './arithmetic.ts';
import { reduceSum, reshape } from './shapes.ts';

/** Matrix product of the last two axes; leading axes are equal batches, and a right factor of two axes is shared by all. */
export function matMul(graph: Graph, a: Tensor, b: Tensor): Tensor {
  const rows = a.shape.slice(0, -1);
  const columns = b.shape.at(-1)!;
  const isShared = b.shape.length === 2;
  const hasOwnBatch = b.shape.slice(0, -2).join() === a.shape.slice(0, -2).join();
  if (a.shape.at(-1) !== b.shape.at(-2) || !(isShared || hasOwnBatch)) {
    throw new Error(`factors of shapes ${a.shape.join('x')} and ${b.shape.join('x')} don't fit`);
  }
  return graph.apply({
    operator: 'MatMul',
    inputs: [a, b],
    shape: [...rows, columns],
    gradient(gradient) {
      const left = product(graph, gradient, b, false, true, a.shape);
      if (!isShared) {
        return [left, product(graph, a, gradient, true, false, b.shape)];
      }
      const inner = a.shape.at(-1)!;
      const count = sizeOf(rows);
      const flatA = a.shape.length === 2 ? a : reshape(graph, a, [count, inner]);
      const flatGradient = a.shape.length === 2 ? gradient : reshape(graph, gradient, [count, columns]);
      return [left, product(graph, flatA, flatGradient, true, false, b.shape)];
    },
  });
}

/** A product with transposed factors, as ONNX Runtime's own operator: for gradients only, never in a published graph. */
function product(
  graph: Graph,
  a: Tensor,
  b: Tensor,
  isATransposed: boolean,
  isBTransposed: boolean,
  shape: readonly number[]
): Tensor {
  return graph.apply({
    operator: 'FusedMatMul',
    domain: 'com.microsoft',
    inputs: [a, b],
    shape,
    attributes: { transA: isATransposed ? 1 : 0, transB: isBTransposed ? 1 : 0 },
  });
}

/** Normalises the last axis to mean 0 and deviation 1, then scales and shifts. Source: Ba et al. (2016). */
export function layerNorm(graph: Graph, x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  const axis = x.shape.length - 1;
  const width = x.shape[axis]!;
  const statistic = [...x.shape.slice(0, -1), 1];
  const outputs = graph.applyAll({
    operator: 'LayerNormalization',
    inputs: [x, gain, bias],
    shape: x.shape,
    further: [statistic, statistic],
    attributes: { axis: -1 },
    gradient(gradient) {
      const [, mean, inverse] = outputs as readonly [Tensor, Tensor, Tensor];
      const centered = graph.apply({ operator: 'Sub', inputs: [x, mean], shape: x.shape });
      const normal = multiply(graph, centered, inverse);
      const scaled = multiply(graph, gradient, gain);
      const meanOf = (each: Tensor): Tensor => scale(graph, reduceSum(graph, each, [axis], true), -1 / width);
      const along = multiply(graph, normal, meanOf(multiply(graph, scaled, normal)));
      const inner = add(graph, add(graph, scaled, meanOf(scaled)), along);
      const leading = x.shape.slice(0, -1).map((_, i) => i);
      return [
        multiply(graph, inner, inverse),
        reduceSum(graph, multiply(graph, gradient, normal), leading, false),
        reduceSum(graph, gradient, leading, false),
      ];
    },
  });
  return outputs[0];
}

/** Rows of `table` `[entries, width]` by int64 `indices`; one more axis than these. */
export function embedding(graph: Graph, table: Tensor, indices: Tensor): Tensor {
  const [entries, width] = table.shape as [number, number];
  return graph.apply({
    operator: 'Gather',
    inputs: [table, indices],
    shape: [...indices.shape, width],
    attributes: { axis: 0 },
    gradient(gradient) {
      const count = sizeOf(indices.shape);
      const flat = graph.apply({
        operator: 'Reshape',
        inputs: [indices, graph.integers([count])],
        shape: [count],
        type: 'int64',
      });
      const hot = graph.apply({
        operator: 'OneHot',
        inputs: [flat, graph.integers([entries]), graph.constant([0, 1], [2])],
        shape: [count, entries],
        attributes: { axis: -1 },
      });
      return [product(graph, hot, reshape(graph, gradient, [count, width]), true, false, table.shape)];
    },
  });
}

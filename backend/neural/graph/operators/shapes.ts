import { sizeOf, type Graph, type Shape, type Tensor } from '../graph.ts';

/** The shape of two tensors in one element-wise operator (ONNX multidirectional broadcasting). */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a[a.length - rank + i] ?? 1;
    const right = b[b.length - rank + i] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new Error(`shapes ${a.join('x')} and ${b.join('x')} don't fit`);
    }
    return left === 1 ? right : left;
  });
}

/** Sums a gradient over the dimensions along which its tensor was repeated. */
export function unbroadcast(graph: Graph, gradient: Tensor, shape: Shape): Tensor {
  const extra = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((size, axis) =>
    axis < extra || (shape[axis - extra] === 1 && size !== 1) ? [axis] : []
  );
  const summed = axes.length === 0 ? gradient : reduceSum(graph, gradient, axes, true);
  return extra === 0 ? summed : reshape(graph, summed, shape);
}

/** Reshapes; in `to` 0 keeps the dimension at its place and one -1 takes what is left. */
export function reshape(graph: Graph, x: Tensor, to: Shape): Tensor {
  const kept = to.map((size, axis) => (size === 0 ? x.shape[axis]! : size));
  const isStatic = x.shape.every((size) => size >= 0);
  const known = kept.reduce((product, size) => (size === -1 ? product : product * size), 1);
  const shape = isStatic ? kept.map((size) => (size === -1 ? sizeOf(x.shape) / known : size)) : kept;
  return graph.apply({
    operator: 'Reshape',
    inputs: [x, graph.integers(to)],
    shape,
    gradient: (gradient) => [reshape(graph, gradient, x.shape)],
  });
}

export function transpose(graph: Graph, x: Tensor, permutation: readonly number[]): Tensor {
  const back = permutation.map((_, axis) => permutation.indexOf(axis));
  return graph.apply({
    operator: 'Transpose',
    inputs: [x],
    shape: permutation.map((axis) => x.shape[axis]!),
    attributes: { perm: permutation },
    gradient: (gradient) => [transpose(graph, gradient, back)],
  });
}

export function concat(graph: Graph, xs: readonly Tensor[], axis: number): Tensor {
  const shape = xs[0]!.shape.slice();
  shape[axis] = xs.reduce((sum, x) => sum + x.shape[axis]!, 0);
  return graph.apply({
    operator: 'Concat',
    inputs: xs,
    shape,
    attributes: { axis },
    gradient(gradient) {
      let start = 0;
      return xs.map((x) => slice(graph, gradient, axis, start, (start += x.shape[axis]!)));
    },
  });
}

/** The part of `x` from `start` up to `end` along one axis. */
export function slice(graph: Graph, x: Tensor, axis: number, start: number, end: number): Tensor {
  const size = x.shape[axis]!;
  return graph.apply({
    operator: 'Slice',
    inputs: [x, graph.integers([start]), graph.integers([end]), graph.integers([axis])],
    shape: x.shape.map((each, i) => (i === axis ? end - start : each)),
    gradient(gradient) {
      const pads = [
        ...x.shape.map((_, i) => (i === axis ? start : 0)),
        ...x.shape.map((_, i) => (i === axis ? size - end : 0)),
      ];
      return [graph.apply({ operator: 'Pad', inputs: [gradient, graph.integers(pads)], shape: x.shape })];
    },
  });
}

export function reduceSum(graph: Graph, x: Tensor, axes: readonly number[], keepDims: boolean): Tensor {
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return graph.apply({
    operator: 'ReduceSum',
    inputs: [x, graph.integers(axes)],
    shape: keepDims ? kept : x.shape.filter((_, axis) => !axes.includes(axis)),
    attributes: { keepdims: keepDims ? 1 : 0 },
    gradient(gradient) {
      const wide = keepDims ? gradient : reshape(graph, gradient, kept);
      return [graph.apply({ operator: 'Expand', inputs: [wide, graph.integers(x.shape)], shape: x.shape })];
    },
  });
}

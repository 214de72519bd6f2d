import { sizeOf, type Graph, type Tensor } from './graph.ts';
import { reshape, slice } from './operators/shapes.ts';

/** Makes every parameter a view of one flat input, before everything that uses it; returns that input. */
export function flatParameters(graph: Graph, size: number): Tensor {
  const flat = graph.input('values', [size]);
  const first = graph.nodes.length;
  const taped = graph.tape.length;
  let offset = 0;
  const names = new Map<string, string>();
  for (const { tensor } of graph.parameters.values()) {
    const start = offset;
    offset += sizeOf(tensor.shape);
    names.set(reshape(graph, slice(graph, flat, 0, start, offset), tensor.shape).name, tensor.name);
  }
  const views = graph.nodes.splice(first);
  graph.tape.splice(taped);
  graph.nodes.unshift(
    ...views.map((node) => ({ ...node, outputs: node.outputs.map((name) => names.get(name) ?? name) }))
  );
  return flat;
}

import type { Graph, Tensor } from '../graph/index.ts';
import { CATEGORY_COUNT, INPUT_SHAPES, type InputName } from '../windows/index.ts';

export type NetworkInputs = Readonly<Record<InputName | 'categories', Tensor>>;

/** Declares the inputs of a network; `windows` and `queries` are -1 in a published graph. */
export function networkInputs(graph: Graph, windows: number, queries: number): NetworkInputs {
  const inputs = Object.fromEntries(
    Object.entries(INPUT_SHAPES).map(([name, shape]) => [
      name,
      graph.input(name, [windows, ...shape.map((each) => (each === 'q' ? queries : each))]),
    ])
  ) as Record<InputName, Tensor>;
  return { ...inputs, categories: graph.input('categories', [windows, CATEGORY_COUNT], 'int64') };
}

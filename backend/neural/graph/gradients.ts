import type { Graph, Tensor } from './graph.ts';
import { add } from './operators/arithmetic.ts';

/**
 * Appends the backward operators and returns the gradient of the scalar `loss` by each of `wrt`.
 *
 * Reverse mode; throws where a tensor has no influence on the loss. All shapes on the way must be static.
 */
export function gradients(graph: Graph, loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  const recorded = graph.tape.slice();
  const needed = new Set(wrt.map(({ name }) => name));
  for (const { inputs, output, gradient } of recorded) {
    if (gradient !== undefined && inputs.some(({ name }) => needed.has(name))) {
      needed.add(output.name);
    }
  }
  const totals = new Map<string, Tensor>([[loss.name, graph.constant([1], loss.shape)]]);
  for (const { inputs, output, gradient } of recorded.reverse()) {
    const total = totals.get(output.name);
    if (total === undefined || gradient === undefined || !inputs.some(({ name }) => needed.has(name))) {
      continue;
    }
    gradient(total).forEach((part, index) => {
      const input = inputs[index]!;
      if (part !== undefined && needed.has(input.name)) {
        const former = totals.get(input.name);
        totals.set(input.name, former === undefined ? part : add(graph, former, part));
      }
    });
  }
  return wrt.map((tensor) => {
    const gradient = totals.get(tensor.name);
    if (gradient === undefined) {
      throw new Error(`${tensor.name} has no influence on the loss`);
    }
    return gradient;
  });
}

import { randomNormal, type RandomSource } from '../../random/index.ts';
import { add, dropout, matMul, layerNorm, type Graph, type Initializer, type Tensor } from '../graph/index.ts';

/** What the parts of a network share while they are built. */
export interface BuildContext {
  readonly graph: Graph;
  readonly random: RandomSource;
  /** In training only: the share that is dropped, and the scalar that says which. */
  readonly dropout?: { readonly rate: number; readonly seed: Tensor };
}

const zeros: Initializer = (values) => {
  values.fill(0);
};
const ones: Initializer = (values) => {
  values.fill(1);
};

/** Normal values with deviation `gain` over the root of the first dimension. */
export function scaledNormal(random: RandomSource, gain = 1): Initializer {
  return (values, shape) => {
    const deviation = gain / Math.sqrt(shape[0]!);
    for (let i = 0; i < values.length; i++) {
      values[i] = deviation * randomNormal(random);
    }
  };
}

/** A linear layer on the last axis; `gain` scales its first weights, `bias` fills its first offsets. */
export function linear(
  { graph, random }: BuildContext,
  name: string,
  x: Tensor,
  width: number,
  { gain = 1, bias = zeros }: { gain?: number; bias?: Initializer } = {}
): Tensor {
  const weight = graph.parameter(`${name}.weight`, [x.shape.at(-1)!, width], scaledNormal(random, gain));
  return add(graph, matMul(graph, x, weight), graph.parameter(`${name}.bias`, [width], bias));
}

export function normalized({ graph }: BuildContext, name: string, x: Tensor): Tensor {
  const width = x.shape.at(-1)!;
  return layerNorm(
    graph,
    x,
    graph.parameter(`${name}.gain`, [width], ones),
    graph.parameter(`${name}.shift`, [width], zeros)
  );
}

export function dropped(context: BuildContext, x: Tensor): Tensor {
  return context.dropout === undefined ? x : dropout(context.graph, x, context.dropout.rate, context.dropout.seed);
}

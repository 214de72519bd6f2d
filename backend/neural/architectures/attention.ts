import { add, matMul, multiply, reshape, scale, silu, softmax, transpose, type Tensor } from '../graph/index.ts';
import { dropped, linear, normalized, type BuildContext } from './buildContext.ts';

const HEADS = 4;

/**
 * Adds what attention from `x` `[batch, n, width]` to `memory` `[batch, m, width]` finds (pre-norm, several heads).
 *
 * Source: Vaswani et al. (2017).
 */
export function attend(context: BuildContext, name: string, x: Tensor, memory?: Tensor): Tensor {
  const { graph } = context;
  const width = x.shape.at(-1)!;
  const normal = normalized(context, `${name}.norm`, x);
  const source = memory ?? normal;
  const heads = (part: string, from: Tensor, permutation: readonly number[]): Tensor =>
    transpose(
      graph,
      reshape(graph, linear(context, `${name}.${part}`, from, width), [0, 0, HEADS, width / HEADS]),
      permutation
    );
  const queries = heads('query', normal, [0, 2, 1, 3]);
  const keys = heads('key', source, [0, 2, 3, 1]);
  const values = heads('value', source, [0, 2, 1, 3]);
  const scores = scale(graph, matMul(graph, queries, keys), 1 / Math.sqrt(width / HEADS));
  const found = transpose(graph, matMul(graph, softmax(graph, scores), values), [0, 2, 1, 3]);
  const joined = linear(context, `${name}.joined`, reshape(graph, found, [0, 0, width]), width, { gain: 0.5 });
  return add(graph, x, dropped(context, joined));
}

/** Adds what a gated layer makes of each place (pre-norm SwiGLU). Source: Shazeer (2020). */
export function feedForward(context: BuildContext, name: string, x: Tensor): Tensor {
  const { graph } = context;
  const width = x.shape.at(-1)!;
  const normal = normalized(context, `${name}.norm`, x);
  const gate = silu(graph, linear(context, `${name}.gate`, normal, 2 * width));
  const inner = multiply(graph, gate, linear(context, `${name}.up`, normal, 2 * width));
  return add(graph, x, dropped(context, linear(context, `${name}.down`, inner, width, { gain: 0.5 })));
}

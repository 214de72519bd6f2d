import { add, concat, embedding, reshape, silu, type Tensor } from '../graph/index.ts';
import {
  BASE_CANDIDATES,
  CATEGORY_COUNT,
  CATEGORY_SIZES,
  LEVEL_COUNT,
  PATCH_STEPS,
  QUANTILE_CANDIDATES,
  TOKEN_COUNT,
} from '../windows/index.ts';
import { dropped, linear, scaledNormal, type BuildContext } from './buildContext.ts';
import type { NetworkInputs } from './networkInputs.ts';

const CATEGORY_WIDTH = 8;

/** The tokens of the context `[batch, tokens, width]` and the queries `[batch, queries, width]`, embedded. */
export interface EmbeddedInputs {
  readonly tokens: Tensor;
  readonly queries: Tensor;
}

export function embedInputs(context: BuildContext, inputs: NetworkInputs, width: number): EmbeddedInputs {
  const { graph, random } = context;
  const offsets = CATEGORY_SIZES.map((_, i) => CATEGORY_SIZES.slice(0, i).reduce((sum, size) => sum + size + 1, 0));
  const entries = CATEGORY_SIZES.reduce((sum, size) => sum + size + 1, 0);
  const indices = graph.apply({
    operator: 'Add',
    inputs: [inputs.categories, graph.integers(offsets)],
    shape: inputs.categories.shape,
    type: 'int64',
  });
  const table = graph.parameter('category.table', [entries, CATEGORY_WIDTH], scaledNormal(random));
  const categories = reshape(graph, embedding(graph, table, indices), [0, CATEGORY_COUNT * CATEGORY_WIDTH]);
  const shared = linear(context, 'window', concat(graph, [inputs.window, categories], 1), width);
  const everywhere = reshape(graph, shared, [0, 1, width]);

  const raw = linear(context, 'token.in', inputs.tokens, width);
  const refined = add(graph, raw, linear(context, 'token.out', silu(graph, raw), width, { gain: 0.5 }));
  const places = graph.parameter('token.places', [TOKEN_COUNT, width], scaledNormal(random));
  const tokens = add(graph, add(graph, refined, places), everywhere);

  const asked = concat(
    graph,
    [
      inputs.query,
      reshape(graph, inputs.candidates, [0, 0, BASE_CANDIDATES * PATCH_STEPS]),
      reshape(graph, inputs.quantiles, [0, 0, LEVEL_COUNT * QUANTILE_CANDIDATES]),
    ],
    2
  );
  const first = silu(graph, linear(context, 'query.in', asked, width));
  const queries = add(graph, linear(context, 'query.out', first, width), everywhere);
  return { tokens: dropped(context, tokens), queries: dropped(context, queries) };
}

import { normalQuantile } from '../../statistics/index.ts';
import {
  add,
  concat,
  matMul,
  multiply,
  reduceSum,
  reshape,
  scale,
  silu,
  slice,
  softmax,
  transpose,
  type Tensor,
} from '../graph/index.ts';
import {
  BASE_CANDIDATES,
  CYCLE_FORMS,
  KEY_FEATURES,
  LEVEL_COUNT,
  NEURAL_LEVELS,
  PATCH_STEPS,
  QUANTILE_CANDIDATES,
} from '../windows/index.ts';
import { dropped, linear, normalized, type BuildContext } from './buildContext.ts';
import type { NetworkInputs } from './networkInputs.ts';

const CYCLE_HEADS = 4;
const KEY_WIDTH = 32;
/** A patch has three parts, each with gates of its own: the first steps ask for other candidates than the last. */
const PARTS = 3;
const PART_STEPS = PATCH_STEPS / PARTS;
const CANDIDATES = BASE_CANDIDATES + CYCLE_HEADS * CYCLE_FORMS;
const GATES = CANDIDATES + QUANTILE_CANDIDATES;
const UNAVAILABLE_SCORE = -1e4;
const FIRST_SPREAD = 0.3;

/**
 * From decoded queries `[batch, queries, width]` to quantiles `[batch, queries, level, step]` in scaled space: for each
 * level a mixture of candidates (earlier cycles by attention, levels, empirical quantiles) and a correction in units of
 * the recent spread. Not ordered yet.
 */
export function quantileHead(context: BuildContext, inputs: NetworkInputs, decoded: Tensor): Tensor {
  const { graph } = context;
  const state = normalized(context, 'head.norm', decoded);
  const attended = attendCycles(context, inputs, state);
  const candidates = concat(graph, [inputs.candidates, attended], 2);
  const parts = transpose(graph, reshape(graph, candidates, [0, 0, CANDIDATES, PARTS, PART_STEPS]), [0, 1, 3, 2, 4]);
  const logits = linear(context, 'head.gates', state, PARTS * LEVEL_COUNT * GATES, { gain: 0.3 });
  const gates = softmax(graph, reshape(graph, logits, [0, 0, PARTS, LEVEL_COUNT, GATES]));
  const mixed = matMul(graph, slice(graph, gates, 4, 0, CANDIDATES), parts);
  const empirical = multiply(
    graph,
    slice(graph, gates, 4, CANDIDATES, GATES),
    reshape(graph, inputs.quantiles, [0, 0, 1, LEVEL_COUNT, QUANTILE_CANDIDATES])
  );
  const both = add(graph, mixed, reduceSum(graph, empirical, [4], true));
  const steps = reshape(graph, transpose(graph, both, [0, 1, 3, 2, 4]), [0, 0, LEVEL_COUNT, PATCH_STEPS]);
  return add(graph, steps, correction(context, inputs, state));
}

function attendCycles(context: BuildContext, inputs: NetworkInputs, state: Tensor): Tensor {
  const { graph } = context;
  const hidden = silu(graph, linear(context, 'cycle.key', inputs.keys, KEY_WIDTH));
  const keys = transpose(graph, linear(context, 'cycle.out', hidden, KEY_WIDTH), [0, 1, 3, 2]);
  const asked = reshape(graph, linear(context, 'cycle.query', state, CYCLE_HEADS * KEY_WIDTH), [
    0,
    0,
    CYCLE_HEADS,
    KEY_WIDTH,
  ]);
  const unavailable = transpose(graph, slice(graph, inputs.keys, 3, KEY_FEATURES - 1, KEY_FEATURES), [0, 1, 3, 2]);
  const scores = add(
    graph,
    scale(graph, matMul(graph, asked, keys), 1 / Math.sqrt(KEY_WIDTH)),
    scale(graph, unavailable, UNAVAILABLE_SCORE)
  );
  const found = matMul(graph, softmax(graph, scores), inputs.cycles);
  return reshape(graph, found, [0, 0, CYCLE_HEADS * CYCLE_FORMS, PATCH_STEPS]);
}

function correction(context: BuildContext, inputs: NetworkInputs, state: Tensor): Tensor {
  const { graph } = context;
  const cells = LEVEL_COUNT * PATCH_STEPS;
  const hidden = dropped(context, silu(graph, linear(context, 'head.hidden', state, state.shape.at(-1)!)));
  const bySpread = linear(context, 'head.spread', hidden, 2 * cells, {
    gain: 0.1,
    bias(values) {
      values.forEach((_, i) => {
        values[i] = i < cells ? FIRST_SPREAD * normalQuantile(NEURAL_LEVELS[Math.floor(i / PATCH_STEPS)]!) : 0;
      });
    },
  });
  const scaled = multiply(
    graph,
    reshape(graph, bySpread, [0, 0, 2, cells]),
    reshape(graph, inputs.spread, [0, 0, 2, 1])
  );
  const free = linear(context, 'head.free', hidden, cells, { gain: 0.02 });
  return reshape(graph, add(graph, reduceSum(graph, scaled, [2], false), free), [0, 0, LEVEL_COUNT, PATCH_STEPS]);
}

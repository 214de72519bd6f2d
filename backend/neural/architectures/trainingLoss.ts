import {
  add,
  clip,
  maximum,
  multiply,
  reduceSum,
  reshape,
  scale,
  sinh,
  subtract,
  type Graph,
  type Tensor,
} from '../graph/index.ts';
import { LEVEL_COUNT, NEURAL_LEVELS, PATCH_STEPS } from '../windows/index.ts';

/** Beyond this, scaled space is cut off before it goes back to linear space. */
const LARGEST_SCALED = 6;

/** What a loss compares with: `target` and `mask` as `[batch, queries, step]`, `weight` as `[batch, 1, 1, 1]`. */
export interface TrainingTargets {
  readonly target: Tensor;
  readonly mask: Tensor;
  readonly weight: Tensor;
  /** One over the number of measured targets, a scalar. */
  readonly share: Tensor;
}

export function trainingTargets(graph: Graph, windows: number, queries: number): TrainingTargets {
  return {
    target: graph.input('target', [windows, queries, PATCH_STEPS]),
    mask: graph.input('mask', [windows, queries, PATCH_STEPS]),
    weight: graph.input('weight', [windows, 1, 1, 1]),
    share: graph.input('share', []),
  };
}

/**
 * Half the pinball loss in scaled space, half in linear space weighted by series, in the mean over levels and steps.
 *
 * Linear errors count for pooled scores, scaled ones for each series.
 */
export function trainingLoss(
  graph: Graph,
  quantiles: Tensor,
  { target, mask, weight, share }: TrainingTargets
): Tensor {
  const [windows, queries] = target.shape as [number, number, number];
  const truth = reshape(graph, target, [windows, queries, 1, PATCH_STEPS]);
  const levels = graph.constant(NEURAL_LEVELS, [LEVEL_COUNT, 1]);
  const pinball = (from: Tensor, to: Tensor): Tensor => {
    const error = subtract(graph, from, to);
    const above = multiply(graph, levels, error);
    return maximum(graph, above, subtract(graph, above, error));
  };
  const linearOf = (z: Tensor): Tensor => sinh(graph, clip(graph, z, -LARGEST_SCALED, LARGEST_SCALED));
  const scaled = pinball(truth, quantiles);
  const linear = multiply(graph, pinball(linearOf(truth), linearOf(quantiles)), weight);
  const both = multiply(graph, add(graph, scaled, linear), reshape(graph, mask, [windows, queries, 1, PATCH_STEPS]));
  return multiply(graph, scale(graph, reduceSum(graph, both, [0, 1, 2, 3], false), 0.5 / LEVEL_COUNT), share);
}

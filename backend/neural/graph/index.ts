/** Plain ONNX graphs with their gradients, built, encoded and trained from TypeScript. */
export { encodeModel } from './encodeModel.ts';
export { gradients } from './gradients.ts';
export { Graph, sizeOf, type Initializer, type Shape, type Tensor } from './graph.ts';
export { add, divide, maximum, multiply, negate, scale, subtract } from './operators/arithmetic.ts';
export {
  absolute,
  asinh,
  clip,
  dropout,
  exp,
  log,
  relu,
  sigmoid,
  silu,
  sinh,
  softmax,
  softplus,
  sqrt,
  tanh,
} from './operators/functions.ts';
export { embedding, layerNorm, matMul } from './operators/linear.ts';
export { concat, reduceSum, reshape, slice, transpose } from './operators/shapes.ts';
export { sessionOptions } from './sessionOptions.ts';
export { TrainingSession, type Feeds, type TrainingState } from './trainingSession.ts';

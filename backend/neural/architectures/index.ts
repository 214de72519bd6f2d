/** The networks: a patch LSTM and a patch Transformer with one head, as functions that build ONNX graphs. */
export { ARCHITECTURES, buildNetwork, DEFAULT_SIZES, type Architecture, type NetworkSize } from './buildNetwork.ts';
export { networkInputs } from './networkInputs.ts';
export { OPSET, publishNetwork } from './publishNetwork.ts';
export { trainingLoss, trainingTargets } from './trainingLoss.ts';

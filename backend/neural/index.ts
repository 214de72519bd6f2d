/** The networks: ONNX graphs, their training, and the learnt models that forecast with them. */
export { ARCHITECTURES, DEFAULT_SIZES, type Architecture, type NetworkSize } from './architectures/index.ts';
export {
  extendedVocabulary,
  initializers,
  learntModels,
  manifestSchema,
  neuralModel,
  neuralModelBy,
  readArtefact,
  SharedCalls,
  writeArtefact,
  type Artefact,
  type LearntModels,
  type Manifest,
  type RunWindows,
} from './artefacts/index.ts';
export { ACCOUNT_VOCABULARY, GENERATORS } from './generators/index.ts';
export {
  trainingSeries,
  trainModel,
  withShares,
  type TrainedModel,
  type TrainingProgress,
  type TrainingSource,
} from './training/index.ts';

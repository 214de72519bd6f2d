/** Learnt models on disk: what a folder must hold, how it is checked, loaded and run. */
export { initializers } from './initializers.ts';
export { learntModels, type LearntModels } from './learntModels.ts';
export { manifestSchema, type Manifest } from './manifest.ts';
export { neuralModel, neuralModelBy, type RunWindows } from './neuralModel.ts';
export { findArtefacts, readArtefact, type Artefact } from './readArtefact.ts';
export { windowTensors } from './windowTensors.ts';
export { writeArtefact } from './writeArtefact.ts';
export { categoryIndices, extendedVocabulary } from './categoryIndices.ts';
export { SharedCalls } from './sharedCalls.ts';

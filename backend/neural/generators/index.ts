/** Series made up for training, and what training changes in real ones. */
export { augment, type Augmentation, type Augmented, type AugmentOptions } from './augmentations/index.ts';
export {
  ACCOUNT_VOCABULARY,
  generateSeries,
  GENERATORS,
  type Generator,
  type SyntheticSeries,
  type SyntheticShape,
} from './families/index.ts';
export { meanSize } from './meanSize.ts';

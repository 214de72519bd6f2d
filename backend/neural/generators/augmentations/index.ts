/** Changes that make a series another that monitoring might have shown; each is pure. */
export { amplitudeModulation } from './amplitudeModulation.ts';
export {
  augment,
  AUGMENTATION_PROBABILITIES,
  type Augmentation,
  type Augmented,
  type AugmentOptions,
} from './augment.ts';
export { censor } from './censor.ts';
export { missingBlocks } from './missingBlocks.ts';
export { mixup } from './mixup.ts';
export { noise } from './noise.ts';
export { quantise } from './quantise.ts';
export { smooth } from './smooth.ts';
export { spikeInjection } from './spikeInjection.ts';
export { timeFlip } from './timeFlip.ts';
export { valueFlip } from './valueFlip.ts';

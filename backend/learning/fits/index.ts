/** A new fit beside an old one: which of them is believed, by what came true. */
export { weighedPredictor } from './weighedPredictor.ts';
export { keptWeight, weighFits, type WeighedFits } from './weighFits.ts';

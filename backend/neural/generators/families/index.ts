/** Families of made-up monitoring series, with what an account's metadata and activity do to them. */
export { generateSeries } from './generateSeries.ts';
export { GENERATORS } from './generators.ts';
export { ACCOUNT_VOCABULARY } from './shapes/index.ts';
export type { Generator, SyntheticCategories, SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

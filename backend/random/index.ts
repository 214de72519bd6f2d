/** Seeded sources of randomness and draws from them; every caller is handed its source. */
export { randomInteger } from './randomInteger.ts';
export { randomNormal } from './randomNormal.ts';
export type { RandomSource } from './randomSource.ts';
export { seededRandom } from './seededRandom.ts';

import { randomInteger, type RandomSource } from '../../../random/index.ts';

/** With 1 to 4 blocks missing, each of 1 step to an eighth of the series. */
export function missingBlocks(random: RandomSource, values: Float32Array): Float32Array {
  const out = values.slice();
  for (let block = 1 + randomInteger(random, 4); block > 0; block--) {
    const start = randomInteger(random, out.length);
    out.fill(Number.NaN, start, start + Math.max(1, Math.floor((out.length / 8) ** random())));
  }
  return out;
}

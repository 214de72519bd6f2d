import { randomNormal, type RandomSource } from '../../../../random/index.ts';

/** Noise with mean 0 and deviation 1 that forgets its past within `memorySteps` (autoregressive, of order one). */
export function redNoise(random: RandomSource, length: number, memorySteps: number): Float64Array {
  const kept = memorySteps <= 0 ? 0 : Math.exp(-1 / memorySteps);
  const fresh = Math.sqrt(1 - kept * kept);
  const out = new Float64Array(length);
  let state = randomNormal(random);
  for (let t = 0; t < length; t++) {
    out[t] = state;
    state = kept * state + fresh * randomNormal(random);
  }
  return out;
}

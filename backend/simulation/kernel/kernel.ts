import { normalQuantile } from '../../statistics/index.ts';
import { instantiate, type KernelMemory } from '../../webassembly/index.ts';
import { KERNEL_BYTES } from './kernelBytes.ts';

/** The inner loops, four numbers at a time; `kernel.wat` says what each does. Addresses and ends are in bytes. */
export interface KernelFunctions {
  drawNormals(at: number, end: number): void;
  mix(at: number, end: number, kept: number, source: number, share: number): void;
  recur(at: number, end: number, carried: number, persistence: number, echo: number, scale: number): void;
  findBuckets(at: number, end: number, buckets: number): void;
  placePairs(buckets: number, draws: number, count: number, row: number): void;
  readDraws(at: number, end: number, shares: number, value: number, rise: number): void;
}

/** Normals are drawn from as many evenly spaced quantiles, none beyond +-3.7: for ranks that is enough. */
const QUANTILES = 4096;
/** Where the state of the random source is, four xoshiro128** side by side. */
const STATE_AT = 16_384;
const LANES = 4;
/** From here on memory belongs to rows. */
export const ROWS_AT = 24_640;

const { memory, functions } = instantiate(KERNEL_BYTES);
new Float32Array(memory.buffer, 0, QUANTILES).set(
  Float32Array.from({ length: QUANTILES }, (_, i) => normalQuantile((i + 0.5) / QUANTILES))
);

export const kernel = functions as KernelFunctions;
/** One for a thread. */
export const kernelMemory: KernelMemory = memory;

/** Begins the stream of normals where `random` says. */
export function seedKernel(random: () => number): void {
  const state = new Int32Array(kernelMemory.buffer, STATE_AT, 4 * LANES);
  for (let i = 0; i < state.length; i++) {
    state[i] = random() * 2 ** 32;
  }
  // All zero is the one state that it would never leave.
  for (let lane = 0; lane < LANES; lane++) {
    state[lane]! |= 1;
  }
}

import { instantiate } from '../../../../webassembly/index.ts';
import { KERNEL_BYTES } from './pointKernelBytes.ts';

/** What `pointKernel.wat` exports; it says there what each does, and which points are not plain. */
interface PointKernel {
  readonly writePoints: (next: number, count: number, at: number) => [end: number, next: number];
}

const POWERS_AT = 256;
const POWERS = 23;
const SMALLEST_AT = 448;
const SMALLEST = 20;
const TIMES_AT = 1024;
const VALUES_AT = 9216;

/** The most points that are written at once. */
export const MOST_POINTS = 1024;
/** Where their text begins. */
export const TEXT_AT = 17_408;

const { memory, functions } = instantiate(KERNEL_BYTES);
new BigUint64Array(memory.buffer, POWERS_AT, POWERS).set(
  Array.from({ length: POWERS }, (_, power) => topBits(10n ** BigInt(power)))
);
new BigUint64Array(memory.buffer, SMALLEST_AT, SMALLEST).set(
  Array.from({ length: SMALLEST }, (_, power) => 10n ** BigInt(power))
);

/** Times in epoch milliseconds, the next points' first, `[1024]`. */
export const pointTimes = new Float64Array(memory.buffer, TIMES_AT, MOST_POINTS);
/** Their values, `[1024]`. */
export const pointValues = new Float64Array(memory.buffer, VALUES_AT, MOST_POINTS);
/** All of the memory, the text of points among it. */
export const pointText = Buffer.from(memory.buffer);
export const { writePoints } = functions as PointKernel;

function topBits(value: bigint): bigint {
  const shift = BigInt(value.toString(2).length - 64);
  return shift > 0n ? value >> shift : value << -shift;
}

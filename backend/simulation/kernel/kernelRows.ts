import { kernelMemory, ROWS_AT } from './kernel.ts';

/** Numbers in the kernel's memory, from byte `at` on; they end at byte `end`, rounded up to eight numbers. */
export interface KernelRow<Values> {
  readonly at: number;
  readonly end: number;
  readonly values: Values;
}

/** Rows, all of zeros, that last until the next ones are made: who uses them is done before anybody else is asked. */
export interface KernelRows {
  floats(count: number): KernelRow<Float32Array>;
  doubles(count: number): KernelRow<Float64Array>;
  /** Places for so many scores' buckets. */
  buckets(count: number): number;
}

const PAGE_BYTES = 65_536;
const MULTIPLE = 8;

/** Makes room for rows of `byteCount` bytes in all, beyond what rounding each of `rowCount` up takes. */
export function kernelRows(byteCount: number, rowCount: number): KernelRows {
  let free = ROWS_AT;
  const end = ROWS_AT + byteCount + rowCount * MULTIPLE * Float64Array.BYTES_PER_ELEMENT;
  const missing = end - kernelMemory.buffer.byteLength;
  if (missing > 0) {
    kernelMemory.grow(Math.ceil(missing / PAGE_BYTES));
  }
  new Uint8Array(kernelMemory.buffer, ROWS_AT, end - ROWS_AT).fill(0);

  function take(count: number, bytes: number): number {
    const at = free;
    free += Math.max(1, Math.ceil(count / MULTIPLE)) * MULTIPLE * bytes;
    return at;
  }

  return {
    floats(count) {
      const at = take(count, Float32Array.BYTES_PER_ELEMENT);
      return { at, end: free, values: new Float32Array(kernelMemory.buffer, at, count) };
    },
    doubles(count) {
      const at = take(count, Float64Array.BYTES_PER_ELEMENT);
      return { at, end: free, values: new Float64Array(kernelMemory.buffer, at, count) };
    },
    buckets: (count) => take(count, Uint16Array.BYTES_PER_ELEMENT),
  };
}

import { sizeOf, type Tensor } from './graph.ts';
import type { OptimizerOptions } from './optimizerOptions.ts';

/** 1 where a parameter decays, over the flat vector. */
export function decayMask(shapes: readonly Tensor[], { decays }: OptimizerOptions, size: number): Float32Array {
  const mask = new Float32Array(size);
  let offset = 0;
  for (const { name, shape } of shapes) {
    const end = offset + sizeOf(shape);
    mask.fill(decays(name, shape) ? 1 : 0, offset, end);
    offset = end;
  }
  return mask;
}

const BLOCK_BYTES = 2 ** 25;
const MIN_BLOCK_PATHS = 256;
const MAX_BLOCK_PATHS = 2048;

/** How many blocks `pathCount` paths of `seriesCount` x `stepCount` values are streamed in, so that memory stays bounded. */
export function blockCountFor(pathCount: number, seriesCount: number, stepCount: number): number {
  const fitting = Math.floor(BLOCK_BYTES / (8 * seriesCount * stepCount));
  return Math.ceil(pathCount / Math.max(MIN_BLOCK_PATHS, Math.min(MAX_BLOCK_PATHS, fitting)));
}

/**
 * The probabilities that block `block` of `blockCount` draws, ascending: every `blockCount`-th of (i + 0.5) / pathCount.
 *
 * Together the blocks hold each of them once, and each block alone is spread evenly over (0, 1).
 */
export function blockLevels(pathCount: number, blockCount: number, block: number): Float64Array {
  const count = Math.ceil((pathCount - block) / blockCount);
  return Float64Array.from({ length: count }, (_, i) => (block + i * blockCount + 0.5) / pathCount);
}

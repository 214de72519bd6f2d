/**
 * Replicas block by block that change only when they must, `[block]`.
 *
 * `least` is what a block needs, `enough` (at least as much) is from where on less may be given up: within the two the
 * count before stays. Dips of at most `holdBlocks` blocks are not followed. Never below `least`, and no smaller for a
 * larger `least`, `enough` or `current`.
 */
export function steadyCounts(
  least: readonly number[],
  enough: readonly number[],
  current: number,
  holdBlocks: number
): Int32Array {
  const floor = withoutDips(least, current, holdBlocks);
  const ceiling = withoutDips(enough, current, holdBlocks);
  let count = current;
  return Int32Array.from(floor, (need, block) => {
    count = Math.max(need, Math.min(count, ceiling[block]!));
    return count;
  });
}

/** Morphological closing; before the first block stands `before`, after the last one the last goes on. */
function withoutDips(values: readonly number[], before: number, width: number): readonly number[] {
  const at = (block: number) => (block < 0 ? before : values[Math.min(block, values.length - 1)]!);
  const spread = Array.from({ length: values.length + width }, (_, i) => largest(at, i - width, i));
  return values.map((_, block) => Math.min(...spread.slice(block, block + width + 1)));
}

function largest(at: (block: number) => number, first: number, last: number): number {
  let value = at(first);
  for (let block = first + 1; block <= last; block++) {
    value = Math.max(value, at(block));
  }
  return value;
}

import type { VectorMatching } from '../../ast.ts';
import { executionError } from '../executionError.ts';
import { isPresent, type VectorSeries } from '../value.ts';

/**
 * Throws where, at a step at which the other side has anything at all, two series of the "one" side have the same
 * signature; the earliest step is named.
 */
export function requireUniqueOneSide(
  matching: VectorMatching,
  many: readonly VectorSeries[],
  ones: ReadonlyMap<string, readonly VectorSeries[]>,
  stepCount: number
): void {
  const crowded = [...ones.values()].filter((group) => group.length > 1);
  if (crowded.length === 0 || many.length === 0) {
    return;
  }
  for (let step = 0; step < stepCount; step++) {
    if (!many.some((series) => isPresent(series, step))) {
      continue;
    }
    for (const group of crowded) {
      const [first, second] = group.filter((series) => isPresent(series, step));
      if (first !== undefined && second !== undefined) {
        throw duplicateError(matching, first, second);
      }
    }
  }
}

/** Marks a series' steps in a mask; false where one is marked already. */
export function uniqueAt(series: VectorSeries, mask: Uint8Array): boolean {
  for (let step = 0; step < mask.length; step++) {
    if (isPresent(series, step)) {
      if (mask[step] === 1) {
        return false;
      }
      mask[step] = 1;
    }
  }
  return true;
}

function duplicateError(matching: VectorMatching, first: VectorSeries, second: VectorSeries): Error {
  const names = new Set(matching.isOn ? matching.labels : ['__name__', ...matching.labels]);
  const group = matching.isOn ? second.labels.keep(names) : second.labels.without(names);
  const side = matching.cardinality === 'one-to-many' ? 'left' : 'right';
  const both = `[${second.labels.toString()}, ${first.labels.toString()}]`;
  return executionError(
    `found duplicate series for the match group ${group.toString()} on the ${side} hand-side of the operation: ` +
      `${both};many-to-many matching not allowed: matching labels must be unique on one side`
  );
}

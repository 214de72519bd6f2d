import type { TargetDifference } from '../../scaling/index.ts';

type Leaf = string | number | boolean | null;

/** The leaves that differ between two specs, by their paths, such as `spec.metrics[0].resource.target.averageUtilization`. */
export function specDifferences(before: unknown, after: unknown): TargetDifference[] {
  const [was, is] = [new Map(leavesOf(before, 'spec')), new Map(leavesOf(after, 'spec'))];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((path) => ({ path, before: was.get(path) ?? null, after: is.get(path) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

function* leavesOf(value: unknown, path: string): Generator<[path: string, leaf: Leaf]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* leavesOf(item, `${path}[${index}]`);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* leavesOf(item, `${path}.${key}`);
    }
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    yield [path, value];
  }
}

import { createHash } from 'node:crypto';

/** 24 hex digits that are equal for equal content: texts, numbers, plain objects in the same order of keys, arrays of floats. */
export function contentHash(...parts: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part instanceof Float64Array ? part : JSON.stringify(part));
    hash.update('\n');
  }
  return hash.digest('hex').slice(0, 24);
}

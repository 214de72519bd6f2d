/**
 * A number from 0 to 2^32 - 1 that is always the same for a name, so that a workload keeps its thread and draws the
 * same paths at each turn. Source: FNV-1a, over UTF-16 code units.
 */
export function hashName(name: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    value = Math.imul(value ^ name.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}

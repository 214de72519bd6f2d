/** Whether two sets of props hold the same things, lists item by item: such a list is often made anew of the same. */
export function isSameProps<P extends object>(before: P, after: P): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof P & string>;
  return [...keys].every((key) => isSame(before[key], after[key]));
}

function isSame(a: unknown, b: unknown): boolean {
  return (
    Object.is(a, b) ||
    (Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => Object.is(item, (b as unknown[])[index])))
  );
}

/** Whether two values are the same all through: texts, numbers (NaN is NaN), plain objects, lists, arrays of floats. */
export function isSameContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (a instanceof Float64Array || b instanceof Float64Array) {
    return a instanceof Float64Array && b instanceof Float64Array && isSameRow(a, b);
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  const [entries, others] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && isSameContent(value, others.get(key)))
  );
}

function isSameRow(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

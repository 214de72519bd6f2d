/** JSON Merge Patch (RFC 7386). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  const merged: Record<string, unknown> = base;
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      Reflect.deleteProperty(merged, key);
    } else {
      merged[key] = mergePatch(merged[key], value);
    }
  }
  return merged;
}

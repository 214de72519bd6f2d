type Json = Record<string, unknown>;

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** JSON Patch (RFC 6902) as the double needs it: add, replace, remove, test; throws where a step cannot be made. */
export function jsonPatch(object: Json, operations: readonly Operation[]): Json {
  const root = structuredClone(object);
  for (const { op, path, value } of operations) {
    const keys = path
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop()!;
    let at = root;
    for (const key of keys) {
      const next = at[key];
      if (typeof next !== 'object' || next === null) {
        throw new Error(`there is no ${path}`);
      }
      at = next as Json;
    }
    if (op !== 'add' && !(last in at)) {
      throw new Error(`there is no ${path}`);
    }
    if (op === 'remove') {
      Reflect.deleteProperty(at, last);
    } else if (op === 'add' || op === 'replace') {
      at[last] = structuredClone(value);
    } else if (JSON.stringify(at[last]) !== JSON.stringify(value)) {
      throw new Error(`testing ${path} failed`);
    }
  }
  return root;
}

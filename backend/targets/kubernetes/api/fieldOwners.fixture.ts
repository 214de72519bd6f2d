type Json = Record<string, unknown>;

/** Who owns which leaves of an object, by operation and manager; lists are leaves. */
export type FieldOwners = Map<string, Set<string>>;

const SEPARATOR = '\u0000';

/** The leaves of what a manager can own: spec, and metadata's annotations and labels. */
export function leavesOf(object: Json): Map<string, string> {
  const metadata = object['metadata'] as Json;
  const leaves = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, item] of Object.entries(value)) {
        walk(item, [...path, key]);
      }
    } else if (value !== undefined) {
      leaves.set(path.join(SEPARATOR), JSON.stringify(value));
    }
  };
  walk({ spec: object['spec'], metadata: { annotations: metadata['annotations'], labels: metadata['labels'] } }, []);
  return leaves;
}

/** After an update: what changed is its manager's alone. */
export function ownUpdate(owners: FieldOwners, manager: string, before: Json, after: Json): void {
  const [was, is] = [leavesOf(before), leavesOf(after)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((leaf) => was.get(leaf) !== is.get(leaf));
  for (const set of owners.values()) {
    changed.forEach((leaf) => set.delete(leaf));
  }
  const key = `Update ${manager}`;
  const own = owners.get(key) ?? new Set<string>();
  changed.filter((leaf) => is.has(leaf)).forEach((leaf) => own.add(leaf));
  owners.set(key, own);
}

/** Which managers an apply is in conflict with: they own a leaf that it sets to something else. */
export function applyConflicts(owners: FieldOwners, manager: string, before: Json, applied: Json): readonly string[] {
  const was = leavesOf(before);
  return [...leavesOf(applied)]
    .filter(([leaf, value]) => was.get(leaf) !== value)
    .flatMap(([leaf]) =>
      [...owners]
        .filter(([key, set]) => key !== `Apply ${manager}` && set.has(leaf))
        .map(([key]) => `conflict with "${key.split(' ')[1]!}": .${leaf.replaceAll(SEPARATOR, '.')}`)
    );
}

/** An apply: sets its leaves, takes away those that it no longer names and nobody else owns. */
export function ownApply(owners: FieldOwners, manager: string, before: Json, applied: Json): Json {
  const after = structuredClone(before);
  const [was, is] = [leavesOf(before), leavesOf(applied)];
  const key = `Apply ${manager}`;
  const others = [...owners].filter(([name]) => name !== key).map(([, set]) => set);
  for (const leaf of owners.get(key) ?? []) {
    if (!is.has(leaf) && !others.some((set) => set.has(leaf))) {
      setLeaf(after, leaf, undefined);
    }
  }
  for (const [leaf, value] of is) {
    if (was.get(leaf) !== value) {
      others.forEach((set) => set.delete(leaf));
    }
    setLeaf(after, leaf, JSON.parse(value));
  }
  owners.set(key, new Set(is.keys()));
  return after;
}

function setLeaf(object: Json, leaf: string, value: unknown): void {
  const keys = leaf.split(SEPARATOR);
  const last = keys.pop()!;
  let at = object;
  for (const key of keys) {
    at = (at[key] ??= {}) as Json;
  }
  if (value === undefined) {
    Reflect.deleteProperty(at, last);
  } else {
    at[last] = value;
  }
}

/** As `metadata.managedFields` tells it. */
export function managedFields(owners: FieldOwners, apiVersion: string): unknown[] {
  return [...owners]
    .filter(([, leaves]) => leaves.size > 0)
    .map(([key, leaves]) => {
      const [operation, manager] = key.split(' ');
      const fieldsV1: Json = {};
      for (const leaf of leaves) {
        let at = fieldsV1;
        for (const part of leaf.split(SEPARATOR)) {
          at = (at[`f:${part}`] ??= {}) as Json;
        }
      }
      return { manager, operation, apiVersion, fieldsType: 'FieldsV1', fieldsV1 };
    });
}

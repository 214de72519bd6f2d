import { createHash } from 'node:crypto';
import type { KubernetesObject } from './kubernetesObject.ts';

/**
 * A version that changes with what somebody sets, and not with an object's status.
 *
 * `resourceVersion` will not do: the HPA's controller changes it every 15 seconds, and a change that a person looks at
 * for a minute would always be refused. It still guards each single write.
 */
export function contentVersion({ metadata, spec }: KubernetesObject): string {
  const { uid, annotations, labels, ownerReferences } = metadata;
  const text = JSON.stringify({ uid, annotations, labels, ownerReferences, spec }, sortedKeys);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function sortedKeys(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

import { HeadroomError } from '../../../errors/index.ts';
import type { KubernetesClient } from '../client.ts';
import { parseAnswer } from '../kubernetesObject.ts';
import type { ObjectPlace } from '../scaledKind.ts';
import { podListSchema, type Pod, type Template } from './podShapes.ts';

const PAGE = '500';
const SETS: Readonly<Record<string, string>> = { In: 'in', NotIn: 'notin' };

/** The pods of a Deployment or StatefulSet that run or will: by its selector, and by who made them. */
export async function listPods(
  client: KubernetesClient,
  { target, namespace, name }: ObjectPlace,
  objectKind: 'Deployment' | 'StatefulSet',
  { selector }: Template,
  signal: AbortSignal
): Promise<readonly Pod[]> {
  const labelSelector = selectorText(target, selector);
  const pods: Pod[] = [];
  for (let next: string | undefined = ''; next !== undefined;) {
    const query: Record<string, string> = { labelSelector, limit: PAGE, ...(next === '' ? {} : { continue: next }) };
    const { json } = await client.get({ target, path: `/api/v1/namespaces/${namespace}/pods`, query, signal });
    const page = parseAnswer(target, podListSchema, json);
    pods.push(...page.items.filter((pod) => isAlive(pod) && isOf(pod, objectKind, name)));
    const more: string | undefined = page.metadata?.continue;
    next = more === '' ? undefined : more;
  }
  return pods;
}

function isAlive({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(status?.phase ?? '');
}

/** A label may stand on a stranger's pod: who made it is told by its controller. */
function isOf({ metadata }: Pod, objectKind: 'Deployment' | 'StatefulSet', name: string): boolean {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  const hash = metadata.labels?.['pod-template-hash'];
  return objectKind === 'StatefulSet'
    ? owner?.kind === 'StatefulSet' && owner.name === name
    : owner?.kind === 'ReplicaSet' && hash !== undefined && owner.name === `${name}-${hash}`;
}

function selectorText(target: string, { matchLabels = {}, matchExpressions = [] }: Template['selector']): string {
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      const set = SETS[operator];
      return set === undefined
        ? `${operator === 'DoesNotExist' ? '!' : ''}${key}`
        : `${key} ${set} (${values.join(',')})`;
    }),
  ];
  if (parts.length === 0) {
    throw new HeadroomError('TARGET_FAILED', { target, reason: 'its selector is empty' });
  }
  return parts.join(',');
}

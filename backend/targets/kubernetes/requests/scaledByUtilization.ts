import { z } from 'zod';
import type { RequestKind } from '../../../scaling/index.ts';
import type { KubernetesClient } from '../client.ts';
import { parseAnswer } from '../kubernetesObject.ts';
import type { ObjectPlace } from '../scaledKind.ts';

const targetSchema = z.looseObject({ type: z.string().optional() });
const listSchema = z.looseObject({
  metadata: z.looseObject({ continue: z.string().optional() }).optional(),
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string() }),
      spec: z.looseObject({
        scaleTargetRef: z.looseObject({ apiVersion: z.string().optional(), kind: z.string(), name: z.string() }),
        metrics: z
          .array(
            z.looseObject({
              resource: z.looseObject({ name: z.string(), target: targetSchema }).nullish(),
              containerResource: z.looseObject({ name: z.string(), target: targetSchema }).nullish(),
            })
          )
          .nullish(),
      }),
    })
  ),
});

/**
 * Which requests an HPA divides by, and whose: raising one has it take replicas away. KEDA's are HPAs too.
 */
export async function scaledByUtilization(
  client: KubernetesClient,
  { target, namespace, name }: ObjectPlace,
  objectKind: string,
  signal: AbortSignal
): Promise<Readonly<Partial<Record<RequestKind, string>>>> {
  const left: Partial<Record<RequestKind, string>> = {};
  const path = `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`;
  for (let next: string | undefined = ''; next !== undefined;) {
    const query: Record<string, string> = { limit: '500', ...(next === '' ? {} : { continue: next }) };
    const list = parseAnswer(target, listSchema, (await client.get({ target, path, query, signal })).json);
    for (const { metadata, spec } of list.items) {
      const { kind, name: scaled, apiVersion = 'apps/v1' } = spec.scaleTargetRef;
      if (kind !== objectKind || scaled !== name || !apiVersion.startsWith('apps/')) {
        continue;
      }
      for (const { resource, containerResource } of spec.metrics ?? []) {
        const metric = resource ?? containerResource;
        if ((metric?.name === 'cpu' || metric?.name === 'memory') && metric.target.type === 'Utilization') {
          left[metric.name] =
            `HorizontalPodAutoscaler ${metadata.name} scales by its utilisation, so that another request means other replicas`;
        }
      }
    }
    const more: string | undefined = list.metadata?.continue;
    next = more === '' ? undefined : more;
  }
  return left;
}

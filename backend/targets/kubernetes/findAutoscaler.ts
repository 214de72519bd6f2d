import { z } from 'zod';
import { HeadroomError } from '../../errors/index.ts';
import type { KubernetesClient } from './client.ts';
import { parseAnswer } from './kubernetesObject.ts';
import type { ObjectPlace } from './scaledKind.ts';

const listSchema = z.looseObject({
  metadata: z.looseObject({ continue: z.string().optional() }).optional(),
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string() }),
      spec: z.looseObject({
        scaleTargetRef: z
          .looseObject({ apiVersion: z.string().optional(), kind: z.string().optional(), name: z.string() })
          .optional(),
      }),
    })
  ),
});

const AUTOSCALERS = [
  { api: 'apis/autoscaling/v2', plural: 'horizontalpodautoscalers', words: 'HorizontalPodAutoscaler' },
  { api: 'apis/keda.sh/v1alpha1', plural: 'scaledobjects', words: 'ScaledObject' },
] as const;

const PAGE = '500';

/** Which autoscaler of the namespace scales a Deployment or StatefulSet, in words; `undefined` where none does. */
export async function findAutoscaler(
  client: KubernetesClient,
  { target, namespace, name }: ObjectPlace,
  objectKind: string,
  signal: AbortSignal
): Promise<string | undefined> {
  for (const { api, plural, words } of AUTOSCALERS) {
    const path = `/${api}/namespaces/${namespace}/${plural}`;
    for (let next: string | undefined = ''; next !== undefined;) {
      const query: Record<string, string> = { limit: PAGE, ...(next === '' ? {} : { continue: next }) };
      const list = await listPage(client, { target, path, query, signal }, plural === 'scaledobjects');
      const found = list.items.find(({ spec: { scaleTargetRef: ref } }) => {
        // KEDA's default is a Deployment of apps/v1; another group's object of that kind is another object.
        const { kind = 'Deployment', apiVersion = 'apps/v1' } = ref ?? {};
        return ref?.name === name && kind === objectKind && apiVersion.startsWith('apps/');
      });
      if (found !== undefined) {
        return `${words} ${found.metadata.name}`;
      }
      const more: string | undefined = list.metadata?.continue;
      next = more === '' ? undefined : more;
    }
  }
  return undefined;
}

async function listPage(
  client: KubernetesClient,
  request: Parameters<KubernetesClient['get']>[0],
  mayBeMissing: boolean
): Promise<z.infer<typeof listSchema>> {
  try {
    return parseAnswer(request.target, listSchema, (await client.get(request)).json);
  } catch (error) {
    if (mayBeMissing && error instanceof HeadroomError && error.code === 'TARGET_GONE') {
      return { items: [] };
    }
    throw error;
  }
}

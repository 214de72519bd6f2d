import { z } from 'zod';
import type { KubernetesClient } from '../client.ts';
import { parseAnswer } from '../kubernetesObject.ts';

const schema = z.looseObject({ resources: z.array(z.looseObject({ name: z.string() })) });

/** Whether the cluster sets requests of pods as they run: Kubernetes 1.33 and later. */
export async function offersResize(client: KubernetesClient, target: string, signal: AbortSignal): Promise<boolean> {
  const { json } = await client.get({ target, path: '/api/v1', signal });
  return parseAnswer(target, schema, json).resources.some(({ name }) => name === 'pods/resize');
}

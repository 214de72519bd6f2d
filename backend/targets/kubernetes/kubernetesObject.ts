import { z } from 'zod';
import { HeadroomError } from '../../errors/index.ts';

const objectSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    uid: z.string().optional(),
    resourceVersion: z.string().min(1),
    annotations: z.record(z.string(), z.string()).optional(),
    labels: z.record(z.string(), z.string()).optional(),
    ownerReferences: z
      .array(z.looseObject({ kind: z.string(), name: z.string(), controller: z.boolean().optional() }))
      .optional(),
    managedFields: z
      .array(z.looseObject({ manager: z.string().optional(), fieldsV1: z.record(z.string(), z.unknown()).optional() }))
      .optional(),
  }),
  spec: z.record(z.string(), z.unknown()),
  status: z.record(z.string(), z.unknown()).optional(),
});

/** An object of Kubernetes, as far as every kind has it. */
export type KubernetesObject = z.infer<typeof objectSchema>;

/** Reads an answer as the object called `name`; throws TARGET_FAILED where it is none. */
export function parseObject(target: string, name: string, json: unknown): KubernetesObject {
  const object = parseAnswer(target, objectSchema, json);
  if (object.metadata.name !== name) {
    throw new HeadroomError('TARGET_FAILED', { target, reason: 'its answer is about another object' });
  }
  return object;
}

/** Reads an answer by a schema; throws TARGET_FAILED that tells where it is another. */
export function parseAnswer<T>(target: string, schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    const where = path === '' ? '' : ` (${path})`;
    throw new HeadroomError('TARGET_FAILED', { target, reason: `its answer is not what Kubernetes says${where}` });
  }
  return parsed.data;
}

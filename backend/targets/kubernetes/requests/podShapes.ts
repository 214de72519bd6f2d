import { z } from 'zod';

const quantities = z.record(z.string(), z.union([z.string(), z.number()])).optional();

export const containerSchema = z.looseObject({
  name: z.string(),
  resources: z.looseObject({ requests: quantities, limits: quantities }).optional(),
  resizePolicy: z.array(z.looseObject({ resourceName: z.string(), restartPolicy: z.string() })).nullish(),
});

export const templateSchema = z.looseObject({
  selector: z.looseObject({
    matchLabels: z.record(z.string(), z.string()).optional(),
    matchExpressions: z
      .array(z.looseObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() }))
      .optional(),
  }),
  template: z.looseObject({ spec: z.looseObject({ containers: z.array(containerSchema).min(1) }) }),
});

export const podSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string().min(1),
    labels: z.record(z.string(), z.string()).optional(),
    deletionTimestamp: z.string().optional(),
    ownerReferences: z
      .array(z.looseObject({ kind: z.string(), name: z.string(), controller: z.boolean().optional() }))
      .optional(),
  }),
  spec: z.looseObject({ containers: z.array(containerSchema) }),
  status: z
    .looseObject({
      phase: z.string().optional(),
      qosClass: z.string().optional(),
      conditions: z
        .array(
          z.looseObject({
            type: z.string(),
            status: z.string().optional(),
            reason: z.string().optional(),
            message: z.string().optional(),
          })
        )
        .nullish(),
    })
    .optional(),
});

export const podListSchema = z.looseObject({
  metadata: z.looseObject({ continue: z.string().optional() }).optional(),
  items: z.array(podSchema),
});

export type Container = z.infer<typeof containerSchema>;
export type Pod = z.infer<typeof podSchema>;
export type Template = z.infer<typeof templateSchema>;

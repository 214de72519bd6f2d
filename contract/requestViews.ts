import { z } from 'zod';
import { decisionSchema, modeSchema } from './api.ts';
import { reasonSchema, requestAdviceSchema } from './recommendation.ts';

const amountsSchema = z
  .object({ cpu: z.number().optional(), memory: z.number().optional() })
  .meta({ id: 'RequestAmounts', description: 'Of one replica, in cores and bytes; absent where nothing is requested' });

/** `GET /workloads/{name}/requests`: how the requests of a workload stand. */
export const requestsResponseSchema = z
  .object({
    workload: z.string(),
    mode: modeSchema,
    apply: z.enum(['recommend', 'resize', 'rollout']),
    target: z.string().nullable().meta({ description: 'Null where `scaling.requests` is not declared: only advised' }),
    etag: z.string().meta({ description: 'Of what is seen here: for If-Match when it is applied' }),
    advice: z.array(requestAdviceSchema),
    state: z
      .object({
        setting: amountsSchema,
        original: amountsSchema,
        isHeld: z.boolean(),
        replicas: z.object({ total: z.number(), behind: z.number(), refused: z.array(z.string()) }),
        way: z.string().meta({ description: 'resize, rollout, or why nothing can be set' }),
        left: z.record(z.string(), z.string()).meta({ description: 'Why one of them is left alone' }),
        conflicts: z.array(z.string()),
      })
      .nullable()
      .meta({ description: 'As the target said last; null while it was not read' }),
    decision: z
      .object({ kind: z.enum(['hold', 'change']), set: amountsSchema.nullable(), reasons: z.array(reasonSchema) })
      .nullable(),
    problem: z.string().nullable(),
  })
  .meta({ id: 'Requests' });

export const requestsPreviewSchema = z
  .object({
    target: z.string(),
    set: amountsSchema,
    differences: z.array(
      z.object({
        path: z.string(),
        before: z.union([z.string(), z.number(), z.boolean()]).nullable(),
        after: z.union([z.string(), z.number(), z.boolean()]).nullable(),
      })
    ),
    dryRun: z.object({ kind: z.enum(['accepted', 'unsupported']), message: z.string() }),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'RequestsPreview' });

export const requestsChangedSchema = z.object({ decision: decisionSchema }).meta({ id: 'RequestsChanged' });

export type RequestsResponse = z.infer<typeof requestsResponseSchema>;

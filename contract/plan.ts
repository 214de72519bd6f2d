import { z } from 'zod';
import { durationSchema, nameSchema } from './scalars.ts';

/** A plan as a person writes it (interfaces 1.4): capacity over the horizon, times relative to now, the last value holds. */
export const planFileSchema = z
  .strictObject({
    name: nameSchema,
    replicas: z
      .array(z.strictObject({ at: durationSchema, count: z.int().min(0) }))
      .min(1, 'must have at least one step'),
  })
  .meta({ id: 'PlanFile' });

/** A plan in absolute time: from `at` (epoch seconds) on, `count` replicas; ascending; the last value holds. */
export const planSchema = z
  .object({
    name: z.string(),
    replicas: z.array(z.object({ at: z.number(), count: z.int().min(0) })).min(1),
  })
  .meta({ id: 'Plan' });

export type PlanFile = z.infer<typeof planFileSchema>;
export type Plan = z.infer<typeof planSchema>;

import { z } from 'zod';

const directionSchema = z.strictObject({
  selectPolicy: z
    .enum(['Max', 'Min', 'Disabled'])
    .optional()
    .meta({ description: 'Which policy counts: that of the largest change (default), of the smallest, or no change' }),
  policies: z
    .array(
      z.strictObject({
        type: z.enum(['Pods', 'Percent']),
        value: z.int().min(1).max(1_000_000),
        periodSeconds: z.int().min(1).max(86_400),
      })
    )
    .max(16, 'must be at most 16')
    .optional(),
});

/** How fast replicas may change in each direction, in the words of Kubernetes' `behavior`; what is absent is not limited. */
export const scaleLimitsSchema = z
  .strictObject({ scaleUp: directionSchema.optional(), scaleDown: directionSchema.optional() })
  .meta({ id: 'ScaleLimits' });

export type ScaleLimits = z.infer<typeof scaleLimitsSchema>;

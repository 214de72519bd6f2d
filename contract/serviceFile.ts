import { z } from 'zod';
import { quantitySchema } from './scalars.ts';

const price = z.number().gt(0, 'must be more than 0; leave it out where there is no price');

/** A service as simulations and replays read it (interfaces 1.5): the same words as the workloads file. */
export const serviceFileSchema = z
  .strictObject({
    perReplica: z
      .number()
      .positive()
      .meta({ description: 'Units of demand that one ready replica serves within the SLO' }),
    unitSeconds: z
      .number()
      .positive()
      .optional()
      .meta({ description: 'Seconds that one unit of demand is counted over: 60 for requests a minute; default 1' }),
    startSeconds: z.number().min(0).optional().meta({ description: 'From decision to ready; default 180' }),
    drainSeconds: z.number().min(0).optional().meta({ description: 'Costs, but serves no more; default 30' }),
    metricLagSeconds: z.number().min(0).optional().meta({ description: 'A policy sees demand this late; default 30' }),
    min: z.int().min(0).optional().meta({ description: 'Default 1' }),
    max: z.int().min(1).optional().meta({ description: 'Default 1000' }),
    resources: z
      .record(z.string(), z.strictObject({ perReplica: quantitySchema }))
      .optional()
      .meta({ description: 'What one replica has of other resources; each may run short too' }),
    slo: z
      .strictObject({
        latencySeconds: z.number().positive(),
        objective: z.number().gt(0).lt(1),
        serviceSeconds: z
          .number()
          .positive()
          .optional()
          .meta({ description: 'Mean service time of one request without queueing; without it there is no latency' }),
      })
      .optional(),
    cost: z
      .strictObject({
        replicaHour: price.optional(),
        tierReplicaHour: z.strictObject({ committed: price, reserved: price, burst: price }).optional(),
        violationMinute: price.optional(),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD')
          .optional(),
      })
      .optional(),
    hpa: z
      .strictObject({
        targetUtilization: z.number().gt(0).max(1).optional(),
        tolerance: z.number().min(0).optional(),
        syncSeconds: z.number().positive().optional(),
        downStabilizationSeconds: z.number().min(0).optional(),
      })
      .optional(),
    headroom: z.strictObject({ risk: z.number().gt(0).lt(1).optional() }).optional(),
  })
  .meta({ id: 'ServiceFile' });

export type ServiceFile = z.infer<typeof serviceFileSchema>;

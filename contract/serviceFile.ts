import { z } from 'zod';
import { costSchema, servingShape } from './cost.ts';
import { quantitySchema } from './scalars.ts';
import { scaleLimitsSchema } from './scaleLimits.ts';

/** A service as simulations and replays read it (interfaces 1.5): the same words as the workloads file. */
export const serviceFileSchema = z
  .strictObject({
    perReplica: z
      .number()
      .positive()
      .meta({ description: 'Units of demand that one ready replica serves within the SLO' }),
    startSeconds: z.number().min(0).optional().meta({ description: 'From decision to ready; default 180' }),
    drainSeconds: z.number().min(0).optional().meta({ description: 'Costs, but serves no more; default 30' }),
    metricLagSeconds: z.number().min(0).optional().meta({ description: 'A policy sees demand this late; default 30' }),
    min: z.int().min(0).optional().meta({ description: 'Default 1' }),
    max: z.int().min(1).optional().meta({ description: 'Default 1000' }),
    limits: scaleLimitsSchema.optional().meta({ description: 'How fast plans may change' }),
    resources: z
      .record(
        z.string(),
        z.strictObject({
          perReplica: quantitySchema,
          whenFull: z.enum(['queues', 'throttles', 'kills']).optional().meta({
            description: 'What happens when it is full; default: memory kills, disk and network throttle, others queue',
          }),
        })
      )
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
    ...servingShape,
    cost: costSchema.optional(),
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

/** A service file whose `perReplica` may be learnt from columns of the simulation's input. */
export const learntServiceFileSchema = serviceFileSchema
  .extend({
    perReplica: z
      .union([serviceFileSchema.shape.perReplica, z.literal('auto')], {
        error: ({ input }) => (input === undefined ? 'is missing' : 'must be a number above 0, or auto'),
      })
      .meta({
        description: 'Units of demand that one ready replica serves within the SLO, or auto: learnt from `history`',
      }),
    history: z
      .strictObject({
        replicas: z.string().meta({ description: 'Column of the ready replicas' }),
        latency: z.string().optional().meta({ description: 'Column of the latency in seconds' }),
        latencyQuantile: z.number().gt(0).lt(1).optional().meta({ description: 'Of that latency; default 0.99' }),
        errors: z.string().optional().meta({ description: 'Column of the share of failed requests' }),
        cpu: z.string().optional().meta({
          description: 'Column of the use of cpu by all replicas; resources.cpu.perReplica says what one has',
        }),
      })
      .optional(),
  })
  .meta({ id: 'LearntServiceFile' });

export type LearntServiceFile = z.infer<typeof learntServiceFileSchema>;

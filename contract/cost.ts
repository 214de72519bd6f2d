import { z } from 'zod';

const MOST = 1e9;
const weight = z.number().min(0).max(1e6);

const price = z
  .number()
  .gt(0, 'must be more than 0; leave it out where there is no price')
  .max(MOST, `must be at most ${String(MOST)}`);

/** What capacity and falling short cost, in the words of the workloads file and of a service alike. */
export const costSchema = z.strictObject({
  replicaHour: price.optional().meta({ description: 'Without it there is no cost' }),
  tierReplicaHour: z
    .strictObject({ committed: price.optional(), reserved: price.optional(), burst: price.optional() })
    .optional()
    .meta({ description: 'Prices by tier; one that is not named costs replicaHour' }),
  violationMinute: price.optional().meta({ description: 'A minute of shortfall' }),
  droppedThousand: price.optional().meta({ description: 'A thousand requests that are dropped' }),
  scaleAction: price.optional().meta({ description: 'One change of the number of replicas' }),
  idleReplicaHour: price.optional().meta({ description: 'An hour of a replica that nothing uses' }),
  weights: z
    .strictObject({
      replicas: weight.optional(),
      violations: weight.optional(),
      dropped: weight.optional(),
      churn: weight.optional(),
      overProvisioning: weight.optional(),
    })
    .refine((weights) => Object.values(weights).some((each) => each !== 0) || Object.keys(weights).length === 0, {
      message: 'must not all be 0',
    })
    .optional()
    .meta({ description: 'What each part of the cost counts in the sum; default 1' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD')
    .optional(),
});

export type CostEntry = z.infer<typeof costSchema>;

/** How replicas serve, beyond what one of them does. */
export const servingShape = {
  unitSeconds: z
    .number()
    .positive()
    .optional()
    .meta({ description: 'Seconds that one unit of demand is counted over: 60 for requests a minute; default 1' }),
  queueLimit: z.int().min(0).optional().meta({
    description: 'Requests that may wait at one replica; more are dropped. Default: as many as wait ten times the SLO',
  }),
  variability: z
    .strictObject({ arrivals: z.number().min(0).max(1000), service: z.number().min(0).max(1000) })
    .optional()
    .meta({
      description: 'Squared coefficients of variation of the times between requests and of service; default 1 and 1',
    }),
  scalability: z
    .strictObject({ contention: z.number().min(0).lt(1), coherence: z.number().min(0).lt(1) })
    .optional()
    .meta({
      description:
        'How replicas slow each other down: alpha and beta of the universal scalability law; default 0 and 0',
    }),
};

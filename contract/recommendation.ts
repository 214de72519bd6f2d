import { z } from 'zod';
import { planSchema } from './plan.ts';

/** Why, in words and numbers; `code` is stable, `text` is for people. */
export const reasonSchema = z
  .object({
    code: z.string(),
    text: z.string(),
    values: z.record(z.string(), z.number()).optional(),
  })
  .meta({ id: 'Reason' });

/** What an allocation is expected to cost over the horizon, and how likely it falls short. */
export const expectationSchema = z
  .object({
    replicaHours: z.number(),
    cost: z.number().nullable().meta({ description: 'In `currency`; null where no price is set' }),
    shortfallProbability: z.number().min(0).max(1).meta({ description: 'At least one shortfall within the horizon' }),
    shortfallMinutes: z.number().min(0).meta({ description: 'Expected minutes of shortfall within the horizon' }),
    firstShortfallAt: z.number().nullable().meta({
      description:
        'Epoch seconds of the first instant at which a shortfall is more likely than the accepted risk; null if none',
    }),
  })
  .meta({ id: 'Expectation' });

export const tiersSchema = z
  .object({
    committed: z.int().min(0).meta({ description: 'Replicas needed with near-certainty' }),
    reserved: z.int().min(0).meta({ description: 'On top: the rest of what the accepted risk asks for' }),
    total: z.int().min(0).meta({ description: 'committed + reserved: the floor' }),
    burst: z.int().min(0).meta({ description: 'On top of total: what the reactive autoscaler must be free to reach' }),
  })
  .meta({ id: 'Tiers' });

export const requestAdviceSchema = z
  .object({
    resource: z.string(),
    kind: z.enum(['cpu', 'memory']),
    unit: z.string(),
    target: z.number().min(0).meta({ description: 'What one replica should request' }),
    lowerBound: z.number().min(0).meta({ description: 'Below it a request is worth raising' }),
    upperBound: z.number().min(0).meta({ description: 'Above it a request is worth lowering' }),
    offered: z.number().nullable().meta({ description: 'perReplica of the resource; null where it is not declared' }),
  })
  .meta({ id: 'RequestAdvice' });

export const recommendationStateSchema = z.enum([
  'proposed',
  'approved',
  'applied',
  'dismissed',
  'snoozed',
  'superseded',
  'expired',
  'rolled-back',
]);

export const recommendationSchema = z
  .object({
    id: z.string(),
    workload: z.string(),
    state: recommendationStateSchema,
    createdAt: z.number().meta({ description: 'Epoch seconds' }),
    expiresAt: z.number().meta({ description: 'Epoch seconds' }),
    action: z.enum(['raise', 'lower', 'hold']).meta({
      description:
        'raise: at some time of the plan more than the current replicas are needed; lower: never, and fewer cost less; hold: neither',
    }),
    current: z.object({ replicas: z.int().min(0).nullable() }),
    proposed: z.object({ replicas: z.int().min(0).meta({ description: 'The floor for the next lead time' }) }),
    plan: planSchema,
    tiers: tiersSchema.meta({ description: 'At the plan’s peak' }),
    requests: z.array(requestAdviceSchema).optional().meta({
      description: 'What one replica should request, of the resources of which at least a day was measured',
    }),
    expected: z.object({ current: expectationSchema.nullable(), proposed: expectationSchema }),
    risk: z.number().meta({ description: 'Accepted probability of at least one shortfall in a window of leadTime' }),
    leadTimeSeconds: z.number(),
    currency: z.string(),
    confidence: z.object({
      level: z.enum(['high', 'medium', 'low']),
      historySeconds: z.number(),
      coverage80: z.number().nullable().meta({ description: 'Live coverage of the 80 % band; null while unknown' }),
    }),
    reasons: z.array(reasonSchema),
    warnings: z.array(z.string()),
    seed: z.number(),
    pathCount: z.number(),
    proposedBy: z
      .string()
      .optional()
      .meta({ description: 'The person whose plan it is; absent where Headroom advises it' }),
    answer: z
      .object({
        who: z.string(),
        at: z.number().meta({ description: 'Epoch seconds' }),
        reason: z.string(),
        until: z.number().nullable().meta({ description: 'Of a snooze: when it stands again' }),
      })
      .optional()
      .meta({ description: 'What a person, or policy, made of it' }),
  })
  .meta({ id: 'Recommendation' });

export type Reason = z.infer<typeof reasonSchema>;
export type Expectation = z.infer<typeof expectationSchema>;
export type RequestAdvice = z.infer<typeof requestAdviceSchema>;
export type Tiers = z.infer<typeof tiersSchema>;
export type RecommendationState = z.infer<typeof recommendationStateSchema>;
export type RecommendationAnswer = NonNullable<z.infer<typeof recommendationSchema>['answer']>;
export type Recommendation = z.infer<typeof recommendationSchema>;

import { z } from 'zod';
import { durationSchema } from './scalars.ts';

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });

export const armSchema = z
  .enum(['a', 'b'])
  .meta({ id: 'Arm', description: 'a: as without the test; b: what is tried' });

const risk = z
  .number()
  .gt(0, 'must be above 0')
  .lt(1, 'must be below 1')
  .meta({ description: 'The accepted risk of a shortfall' });

/** What one arm runs: one of these three. */
export const armSettingSchema = z
  .object({
    risk: risk.optional(),
    policy: z.enum(['headroom', 'headroom-floor-only', 'hpa']).optional().meta({
      description: 'hpa: the reactive autoscaler alone; headroom: floor and relaxed utilisation target',
    }),
    model: z.string().optional().meta({ description: 'Whose version forecasts what is decided by' }),
    origin: z.enum(['shipped', 'tuned']).optional().meta({ description: 'Of the model' }),
    version: z.string().optional().meta({ description: 'Of the model' }),
  })
  .meta({ id: 'ArmSetting' });

export const triedSettingSchema = z
  .strictObject({
    risk: risk.optional(),
    policy: z
      .enum(['headroom-floor-only', 'hpa'], { error: 'must be headroom-floor-only or hpa' })
      .optional()
      .meta({ description: 'hpa: the floor goes back to its owner; headroom-floor-only: the target is not relaxed' }),
    model: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'The learnt model whose challenger forecasts what is decided by' }),
  })
  .refine((b) => [b.risk, b.policy, b.model].filter((each) => each !== undefined).length === 1, {
    error: 'must name one of risk, policy and model',
  })
  .meta({ id: 'TriedSetting', description: 'What is tried: one of the three' });

export const experimentOutcomeSchema = z
  .enum(['cost', 'replicas', 'violations'], { error: 'must be cost, replicas or violations' })
  .meta({ id: 'ExperimentOutcome', description: 'What is compared; less is better' });

/** `POST /experiments/plan`. */
export const experimentPlanRequestSchema = z
  .strictObject({
    workload: z.string().min(1),
    b: triedSettingSchema.optional().meta({ description: 'Whether it can be tried, and how long its burn-in is' }),
    outcome: experimentOutcomeSchema.optional().meta({ description: 'Default cost, replicas without a price' }),
    window: durationSchema.optional().meta({ description: 'Divides the period; default 2h' }),
    burnIn: durationSchema.optional().meta({
      description:
        'The start of each window, not counted; default three lead times (hpa: what giving back takes), at most half a window',
    }),
    period: z.enum(['day', 'week']).optional().meta({ description: 'How far the windows of a pair stand apart' }),
    days: z.int().min(2).max(112).optional().meta({ description: 'Whole blocks of two periods; default 14 days' }),
  })
  .meta({ id: 'ExperimentPlanRequest' });

/** `POST /experiments`. */
export const experimentRequestSchema = experimentPlanRequestSchema
  .extend({
    b: triedSettingSchema,
    reason: z.string().min(1, 'must say why').max(500),
    seed: z.int().optional(),
    guard: z
      .strictObject({ violationShare: z.number().gt(0).max(1) })
      .optional()
      .meta({ description: 'So much of a window may violate the SLO; above it the test ends at once. Default 0.1' }),
  })
  .meta({ id: 'ExperimentRequest' });

export const experimentStopRequestSchema = z
  .strictObject({ reason: z.string().min(1, 'must say why').max(500) })
  .meta({ id: 'ExperimentStopRequest' });

const shape = {
  outcome: experimentOutcomeSchema,
  unit: z.string(),
  windowSeconds: z.number(),
  burnInSeconds: z.number(),
  periodSeconds: z.number(),
  blocks: z.int().meta({ description: 'Of two periods each' }),
};

/** What a test of some length would find, from the past. */
export const experimentPowerSchema = z
  .object({
    ...shape,
    power: z.number(),
    errorRate: z.number(),
    mean: z.number(),
    deviation: z.number().meta({ description: 'Of windows, around their time of the day' }),
    autocorrelation: z.number(),
    points: z.array(
      z.object({
        days: z.number(),
        minimumEffect: z.number().nullable().meta({ description: 'Found with probability `power`; null: none' }),
        relative: z.number().nullable().meta({ description: 'Of the mean' }),
      })
    ),
    words: z.array(z.string()),
  })
  .meta({ id: 'ExperimentPower' });

export const experimentSchema = z
  .object({
    id: z.string(),
    workload: z.string(),
    state: z.enum(['running', 'done', 'stopped', 'harmful']),
    who: z.string(),
    reason: z.string(),
    createdAt: epochSeconds,
    startsAt: epochSeconds,
    endsAt: epochSeconds.meta({ description: 'At the latest' }),
    endedAt: epochSeconds.nullable(),
    endedBecause: z.string().nullable(),
    arms: z.object({ a: armSettingSchema, b: armSettingSchema }),
    ...shape,
    seed: z.int(),
    guard: z.object({ violationShare: z.number() }),
    planned: experimentPowerSchema.nullable().meta({ description: 'What was known before; null: too little past' }),
    present: armSchema.nullable().meta({ description: 'In force now; null before and after' }),
    schedule: z.array(armSchema).meta({ description: 'Of every window from the start on, as the coins chose it' }),
    windows: z
      .array(
        z.object({
          start: epochSeconds,
          arm: armSchema,
          value: z.number().nullable(),
          violationShare: z.number().nullable(),
          void: z.string().nullable().meta({ description: 'Why it does not count' }),
        })
      )
      .meta({ description: 'Those that are over' }),
    looks: z.array(
      z.object({
        at: epochSeconds,
        pairs: z.int(),
        effect: z.number().nullable().meta({ description: 'b less a' }),
        low: z.number().nullable(),
        high: z.number().nullable().meta({ description: 'null: no bound' }),
        bound: z.number().nullable(),
      })
    ),
    lower: armSchema.nullable().meta({ description: 'The better one; null: undecided' }),
    means: z.object({ a: z.number(), b: z.number() }).nullable(),
    carryOver: z.object({ effect: z.number(), pValue: z.number(), isSuspected: z.boolean() }).nullable(),
    missingShare: z.number(),
    verdict: z.array(z.string()),
  })
  .meta({ id: 'Experiment' });

export const experimentsResponseSchema = z
  .object({ now: epochSeconds, experiments: z.array(experimentSchema) })
  .meta({ id: 'Experiments', description: 'Newest first' });

export type ArmSetting = z.infer<typeof armSettingSchema>;
export type TriedSetting = z.infer<typeof triedSettingSchema>;
export type Experiment = z.infer<typeof experimentSchema>;
export type ExperimentOutcome = z.infer<typeof experimentOutcomeSchema>;
export type ExperimentPlanRequest = z.infer<typeof experimentPlanRequestSchema>;
export type ExperimentPower = z.infer<typeof experimentPowerSchema>;
export type ExperimentRequest = z.infer<typeof experimentRequestSchema>;

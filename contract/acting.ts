import { z } from 'zod';
import { decisionSchema, modeSchema, pauseSchema } from './api.ts';
import { planFileSchema } from './plan.ts';
import { problemSchema } from './problem.ts';
import { reasonSchema, recommendationSchema } from './recommendation.ts';

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });

export const targetSettingSchema = z
  .object({
    floor: z.number(),
    utilization: z.number().optional().meta({ description: 'A share; absent where the target has no such thing' }),
  })
  .meta({ id: 'TargetSetting' });

export const pauseDirectionSchema = z.enum(['out', 'in', 'both'], { error: 'must be out, in or both' });

export const modeRequestSchema = z.strictObject({ mode: modeSchema }).meta({ id: 'ModeRequest' });

export const pauseRequestSchema = z
  .strictObject({
    scope: z.string().min(1).meta({ description: '`all`, or the name of a workload' }),
    direction: pauseDirectionSchema.optional().meta({ description: 'Default both' }),
    reason: z.string().max(500).optional(),
  })
  .meta({ id: 'PauseRequest' });

export const resumeRequestSchema = pauseRequestSchema
  .omit({ reason: true })
  .partial()
  .meta({ id: 'ResumeRequest', description: 'Where the query does not name it' });

export const pausesResponseSchema = z
  .object({
    now: epochSeconds,
    pauses: z.array(pauseSchema),
  })
  .meta({ id: 'Pauses' });

/** `GET /workloads/{name}/scaling`: how acting on a workload stands. */
export const scalingResponseSchema = z
  .object({
    now: epochSeconds,
    workload: z.string(),
    mode: modeSchema,
    isModeLocked: z.boolean(),
    target: z.object({ kind: z.string(), name: z.string(), isExperimental: z.boolean() }).nullable(),
    state: z
      .object({
        setting: targetSettingSchema,
        original: targetSettingSchema,
        isHeld: z.boolean(),
        ceiling: z.number().nullable(),
        replicas: z.number().nullable(),
        conflicts: z.array(z.string()),
      })
      .nullable()
      .meta({ description: 'As the target said last; null while it was not read' }),
    decision: z
      .object({
        at: epochSeconds,
        kind: z.enum(['hold', 'change', 'giveBack']),
        set: targetSettingSchema.nullable(),
        reasons: z.array(reasonSchema),
      })
      .nullable()
      .meta({ description: 'What was decided last, in every mode; only auto carries it out by itself' }),
    problem: z.string().nullable(),
    restsUntil: epochSeconds.nullable().meta({
      description:
        'By itself nothing new is tried before this, after a failure, a way back or an edit by somebody else',
    }),
    isUnsure: z.boolean().meta({ description: 'A change was begun and nobody knows yet whether it was made' }),
    isWatching: z.boolean(),
    approved: z
      .object({ recommendation: z.string(), who: z.string(), at: epochSeconds, until: epochSeconds })
      .nullable(),
    acting: z
      .object({ kind: z.enum(['acting', 'waiting', 'unknown']), holder: z.string().nullable() })
      .meta({ description: 'Whether this Headroom is the one that acts, of those that share a storage' }),
  })
  .meta({ id: 'Scaling' });

export const previewResponseSchema = z
  .object({
    recommendation: z.string(),
    target: z.string(),
    set: targetSettingSchema,
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
  .meta({ id: 'Preview' });

export const dismissRequestSchema = z
  .strictObject({ reason: z.string().max(500).optional() })
  .meta({ id: 'DismissRequest' });

export const snoozeRequestSchema = z
  .strictObject({
    until: z.number().optional().meta({ description: 'Epoch seconds; default in an hour, at most 7 days ahead' }),
    reason: z.string().max(500).optional(),
  })
  .meta({ id: 'SnoozeRequest' });

export const answeredResponseSchema = z
  .object({ recommendation: recommendationSchema, decision: decisionSchema })
  .meta({ id: 'Answered' });

/** `POST /workloads/{name}/recommendations`: a plan as a person writes it, its times relative to now. */
export const proposalRequestSchema = z
  .strictObject({ plan: planFileSchema, reason: z.string().max(500).optional() })
  .meta({ id: 'ProposalRequest' });

/** `POST /recommendations/approve`: many at once. */
export const approvalsRequestSchema = z
  .array(
    z.strictObject({
      id: z.string().min(1),
      etag: z.string().min(1).meta({ description: 'Of the recommendation that was looked at' }),
      key: z.string().min(1).max(200).meta({ description: 'Of this click: the same key acts once' }),
    })
  )
  .min(1, 'must name at least one')
  .max(100, 'must name at most 100')
  .meta({ id: 'ApprovalsRequest' });

export const approvalsResponseSchema = z
  .object({
    results: z.array(
      z.object({
        id: z.string(),
        recommendation: recommendationSchema.nullable(),
        decision: decisionSchema.nullable(),
        problem: problemSchema.nullable().meta({ description: 'Why this one was not approved; null where it was' }),
      })
    ),
  })
  .meta({ id: 'Approvals', description: 'In the order of the request' });

export type ProposalRequest = z.infer<typeof proposalRequestSchema>;
export type ScalingResponse = z.infer<typeof scalingResponseSchema>;
export type PreviewResponse = z.infer<typeof previewResponseSchema>;

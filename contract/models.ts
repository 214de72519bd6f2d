import { z } from 'zod';
import { driftSchema } from './api.ts';
import { nameSchema } from './scalars.ts';

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });

/** A learnt model on disk. What a damaged one does not tell is null. */
export const learntModelSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    workload: z.string().nullable().meta({ description: 'Whose history it was tuned on; null for a shipped one' }),
    state: z.enum(['inForce', 'challenger', 'benched', 'superseded', 'refused']).meta({
      description:
        'In force: the champion, or what stands in for it; challenger: on trial in shadow; benched: out of the game; refused: damaged, with the reason',
    }),
    reason: z.string().nullable().meta({ description: 'Why it was refused' }),
    architecture: z.string().nullable(),
    parameterCount: z.int().nullable(),
    contextLength: z.int().nullable().meta({ description: 'Steps' }),
    horizon: z.int().nullable().meta({ description: 'Steps that it was trained for' }),
    seed: z.int().nullable(),
    steps: z.int().nullable(),
    seconds: z.number().nullable(),
    tunedFrom: z.string().nullable(),
    data: z.array(z.object({ name: z.string(), sha256: z.string(), series: z.int(), weight: z.number() })),
    scores: z
      .array(
        z.object({
          data: z.string(),
          crps: z.number(),
          mase: z.number(),
          seasonalNaiveCrps: z.number(),
          seasonalNaiveMase: z.number(),
        })
      )
      .meta({ description: "On data that it had not learnt from, beside seasonal-naive's" }),
    workloads: z.array(z.string()).meta({ description: 'Those in whose forecasts it takes part' }),
    card: z.string().nullable().meta({ description: 'Its CARD.md' }),
  })
  .meta({ id: 'LearntModel' });

export const modelVersionSchema = z
  .object({
    origin: z.enum(['shipped', 'tuned']).meta({ description: 'What Headroom ships, or the workload’s own' }),
    version: z.string(),
  })
  .meta({ id: 'ModelVersion' });

export const modelStandingSchema = modelVersionSchema
  .extend({ since: epochSeconds, by: z.string(), why: z.string() })
  .meta({ id: 'ModelStanding' });

/** A version beside the champion, both forecasting at the same cutoffs. */
export const modelTrialSchema = z
  .object({
    kind: z.enum(['challenger', 'lastGood']).meta({
      description: 'Who is tried: a new version, or, the other way round, the one that was in charge before',
    }),
    ...modelVersionSchema.shape,
    startedAt: epochSeconds,
    state: z.enum(['better', 'worse', 'undecided', 'noBetter']).meta({ description: 'Of the one that is tried' }),
    words: z
      .string()
      .meta({ description: 'Such as: ahead by 4.0 % over 12 days, e-value for better 7.0 of 20 needed' }),
    blocks: z.int().meta({ description: 'Days, or longer blocks, that were compared; they do not overlap' }),
    ahead: z
      .number()
      .nullable()
      .meta({ description: 'How much less it lost in all, as a share of the champion’s loss (CRPS)' }),
    eValue: z.number().meta({ description: 'Against: it is better by less than the minimum effect' }),
    eValueWorse: z.number(),
    eValueSums: z
      .number()
      .optional()
      .meta({ description: 'Against: it loses as much in sum; a challenger needs this one as well' }),
    needed: z.number().meta({ description: '1 / alpha: at it the trial is decided' }),
    minimumEffect: z.number(),
  })
  .meta({ id: 'ModelTrial' });

export const modelEventSchema = modelVersionSchema
  .extend({
    what: z.enum(['entered', 'promoted', 'rolledBack', 'retired', 'benched']),
    at: epochSeconds,
    by: z.string(),
    why: z.string(),
  })
  .meta({ id: 'ModelEvent' });

/** Who has which role among the versions of one model for one workload. */
export const modelRolesSchema = z
  .object({
    workload: z.string(),
    name: z.string(),
    champion: modelStandingSchema.nullable(),
    lastGood: modelStandingSchema.nullable().meta({ description: 'What a roll back puts in charge' }),
    challenger: modelStandingSchema.nullable(),
    benched: z.array(modelStandingSchema),
    trials: z.array(modelTrialSchema),
    history: z.array(modelEventSchema).meta({ description: 'The newest first' }),
    training: z
      .object({
        lastAt: epochSeconds.nullable(),
        lastOutcome: z.string().nullable(),
        lastReason: z.string().nullable(),
        failures: z.int().meta({ description: 'In a row' }),
        retryAt: epochSeconds.nullable(),
        wanted: z.string().nullable().meta({ description: 'Why one waits beside the schedule' }),
      })
      .nullable(),
    problem: z.string().nullable().meta({ description: 'Of what was kept of the roles' }),
  })
  .meta({ id: 'ModelRoles' });

export const modelsResponseSchema = z
  .object({
    now: epochSeconds,
    models: z.array(learntModelSchema),
    roles: z.array(modelRolesSchema).meta({ description: 'Of the workloads and models where any was ever given' }),
    drifting: z.array(driftSchema.extend({ workload: z.string() })).meta({
      description: 'The series of the fleet that are no longer what their forecasts took them for',
    }),
    promotion: z.enum(['auto', 'approve']).meta({ description: 'Who puts in charge what a trial found better' }),
  })
  .meta({ id: 'ModelsResponse' });

const reasonSchema = z.string().min(1, 'must say why').max(500);

/** `POST /models/{name}/promote`: puts a version in charge of one workload. */
export const promoteRequestSchema = z
  .strictObject({
    workload: nameSchema,
    reason: reasonSchema,
    ...modelVersionSchema.partial().shape,
  })
  .refine(({ origin, version }) => (origin === undefined) === (version === undefined), {
    error: 'must name origin and version together, or neither for the challenger',
  })
  .meta({ id: 'PromoteRequest' });

/** `POST /models/{name}/rollback`: puts the last good version in charge of one workload. */
export const modelRollbackRequestSchema = z
  .strictObject({ workload: nameSchema, reason: reasonSchema })
  .meta({ id: 'ModelRollbackRequest' });

/** `POST /models/{name}/train`: tunes the model on one workload's own history. */
export const trainRequestSchema = z
  .strictObject({
    workload: nameSchema,
    minutes: z
      .number()
      .min(0.05)
      .max(120)
      .optional()
      .meta({ description: 'What the whole tune takes of one core; default 1' }),
  })
  .meta({ id: 'TrainRequest' });

export type LearntModel = z.infer<typeof learntModelSchema>;
export type ModelsResponse = z.infer<typeof modelsResponseSchema>;
export type ModelRoles = z.infer<typeof modelRolesSchema>;
export type ModelTrial = z.infer<typeof modelTrialSchema>;
export type TrainRequest = z.infer<typeof trainRequestSchema>;

import { z } from 'zod';
import { nameSchema } from './scalars.ts';

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });

/** A learnt model on disk. What a damaged one does not tell is null. */
export const learntModelSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    workload: z.string().nullable().meta({ description: 'Whose history it was tuned on; null for a shipped one' }),
    state: z.enum(['inForce', 'superseded', 'refused']).meta({
      description: 'The newest whole one is in force; refused: damaged, with the reason',
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

export const modelsResponseSchema = z
  .object({ now: epochSeconds, models: z.array(learntModelSchema) })
  .meta({ id: 'ModelsResponse' });

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
export type TrainRequest = z.infer<typeof trainRequestSchema>;

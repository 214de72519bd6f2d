import { z } from 'zod';
import { durationSchema, nameSchema, probabilitySchema } from './scalars.ts';

export const interventionSchema = z.strictObject({
  kind: z.enum(['scale', 'spike', 'ramp', 'step', 'attack', 'load', 'capacity', 'latency']),
  target: z.string().min(1),
  factor: z.number().min(0).optional(),
  add: z.number().optional(),
  start: z.union([durationSchema, z.tuple([durationSchema, durationSchema])]).optional(),
  duration: durationSchema.optional(),
  shape: z.enum(['step', 'ramp', 'plateau', 'triangle', 'exponential']).optional(),
  rampUp: durationSchema.optional(),
  rampDown: durationSchema.optional(),
  probability: probabilitySchema.optional(),
});

/** A scenario (interfaces 1.4): named changes of the future's drivers; times are relative to now. */
export const scenarioSchema = z
  .strictObject({
    name: nameSchema,
    description: z.string().optional(),
    interventions: z.array(interventionSchema),
    probability: probabilitySchema.optional(),
  })
  .meta({ id: 'Scenario' });

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });

/** A scenario as it is kept: one that ships, or one that was stored. */
export const keptScenarioSchema = z
  .object({
    name: z.string(),
    origin: z.enum(['built-in', 'stored']),
    version: z.int().min(1).meta({ description: 'Counts the changes; 1 for one that ships' }),
    updatedAt: epochSeconds.nullable().meta({ description: 'null for one that ships' }),
    scenario: scenarioSchema,
    changes: z.array(z.string()).meta({ description: 'What each intervention changes, in words' }),
    use: z.string().nullable().meta({ description: 'When to use it; null for a stored one' }),
  })
  .meta({ id: 'KeptScenario' });

export const scenariosResponseSchema = z
  .object({ now: epochSeconds, scenarios: z.array(keptScenarioSchema) })
  .meta({ id: 'ScenariosResponse' });

export const scenarioDetailSchema = keptScenarioSchema
  .extend({
    versions: z
      .array(z.object({ version: z.int(), updatedAt: epochSeconds, isDeletion: z.boolean() }))
      .meta({ description: 'Newest first, the last 50; empty for one that ships' }),
  })
  .meta({ id: 'ScenarioDetail' });

/** `GET /workloads/{name}/scenarios`: how far the present follows each, the baseline first. */
export const workloadScenariosSchema = z
  .object({
    now: epochSeconds,
    workload: z.string(),
    at: epochSeconds.nullable().meta({ description: 'The last measurement that the weights rest on' }),
    scenarios: z.array(
      z.object({
        scenario: z.string(),
        weight: z.number().min(0).max(1),
        prior: z.number().min(0).max(1).meta({ description: 'Before anything is seen, with what the past showed' }),
        declaredPrior: z.number().min(0).max(1),
        priorReason: z
          .string()
          .nullable()
          .meta({ description: 'Why it is another than declared; null where it is not' }),
        shortfallProbability: z.number().nullable().meta({
          description:
            'The highest within the horizon with the replicas of now; null for the baseline and where unknown',
        }),
      })
    ),
    history: z.array(z.object({ at: epochSeconds, weights: z.array(z.number()) })).meta({
      description: 'The weights after each step, oldest first, in the order of `scenarios`',
    }),
  })
  .meta({ id: 'WorkloadScenarios' });

export type KeptScenario = z.infer<typeof keptScenarioSchema>;
export type ScenarioDetail = z.infer<typeof scenarioDetailSchema>;
export type Intervention = z.infer<typeof interventionSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;

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

export type Intervention = z.infer<typeof interventionSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;

import { z } from 'zod';
import { planFileSchema } from './plan.ts';
import { recommendationSchema } from './recommendation.ts';
import { durationSchema, nameSchema } from './scalars.ts';
import { scenarioSchema } from './scenario.ts';
import { serviceFileSchema } from './serviceFile.ts';

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });
const MOST_PATHS = 100_000;
const detailSchema = z.enum(['slider', 'full']);

/** `POST /workloads/{name}/simulations`: the objects of `headroom simulate` as JSON. */
export const simulationRequestSchema = z
  .strictObject({
    scenarios: z
      .array(z.union([nameSchema, scenarioSchema]))
      .max(16, 'must be at most 16')
      .optional()
      .meta({ description: 'Names of known scenarios, or scenarios; default those kept for the workload' }),
    plans: z.array(planFileSchema).max(16, 'must be at most 16').optional(),
    paths: z.int().min(1).max(MOST_PATHS).optional().meta({ description: 'Default 2000; more become a job' }),
    horizon: z
      .union([z.int().min(1), durationSchema])
      .optional()
      .meta({ description: 'Steps, or a duration; default as far as the latest forecast reaches' }),
    seed: z.int().optional().meta({ description: 'Default 1' }),
    service: serviceFileSchema.optional().meta({ description: 'In place of what the workload declares' }),
    detail: detailSchema.optional().meta({
      description:
        'Default `full`; `slider` answers sooner: levels 0.1, 0.5 and 0.9, the given plans only, no recommendation and no kinds of plans',
    }),
  })
  .meta({ id: 'SimulationRequest' });

const distributionSchema = z.object({ levels: z.array(z.number()), values: z.array(z.array(z.number())) });
const entriesSchema = z.array(z.object({ at: z.number(), count: z.int() }));

const latencySchema = z.object({ p50: z.number(), p95: z.number(), p99: z.number() });
const planKindSchema = z.enum(['static', 'scheduled-floor', 'floor-and-reactive', 'requests']);
const judgedPlanShape = {
  kind: planKindSchema,
  cost: z.number().nullable(),
  replicaHours: z.number(),
  shortfallProbabilityWindow: z.number(),
  replicas: entriesSchema,
  requests: z
    .object({ factor: z.number(), perReplica: z.record(z.string(), z.number()) })
    .nullable()
    .meta({ description: 'What one replica requests where that is changed; null where replicas stay as they are' }),
};
const frontierPointSchema = z.object({ plan: z.string(), ...judgedPlanShape });

/** What `headroom simulate --json` says, of a workload. */
export const simulationReportSchema = z
  .object({
    workload: z.string(),
    column: z.string().meta({ description: 'The demand' }),
    paths: z.int(),
    steps: z.int(),
    stepSeconds: z.number(),
    cutoff: epochSeconds,
    seed: z.int(),
    detail: detailSchema.meta({ description: 'That of the request; lists that `slider` leaves out are empty' }),
    seconds: z.number(),
    pathStepsPerSecond: z.number(),
    scenarios: z.array(
      z.object({
        scenario: z.string(),
        weight: z.number(),
        asked: z.object({ first: z.int(), peak: z.int() }).nullable().meta({
          description: 'Replicas that are enough with probability 1 - risk in it, at the first step and at the highest',
        }),
        demand: distributionSchema.meta({ description: '`values` is `[level][step]`' }),
        resources: z.record(z.string(), distributionSchema),
        plans: z.array(
          z.object({
            plan: z.string(),
            replicas: entriesSchema,
            cost: z.number().nullable(),
            costs: z
              .object({
                replicas: z.number().nullable(),
                violations: z.number(),
                dropped: z.number().nullable(),
                churn: z.number(),
                overProvisioning: z.number(),
              })
              .meta({ description: 'What `cost` is the sum of' }),
            replicaHours: z.number(),
            violationMinutes: z.number(),
            scaleActions: z.int(),
            utilization: z.number().nullable(),
            latencySeconds: latencySchema.nullable(),
            throughput: z.number(),
            dropped: z.number().nullable(),
            killed: z.number().nullable(),
            shortfallProbability: z.array(z.number()).meta({ description: '`[step]`' }),
            shortfallProbabilityWindow: z.number(),
            shortfallProbabilityHorizon: z.number().meta({ description: 'At least one shortfall within the horizon' }),
            sloAttainment: z.number().nullable(),
          })
        ),
      })
    ),
    frontier: z.array(frontierPointSchema).meta({
      description:
        'Of all kinds, the plans that none is better than in cost and risk at once; from the cheapest to the least risky',
    }),
    frontiers: z
      .partialRecord(planKindSchema, z.array(frontierPointSchema))
      .meta({ description: 'All plans that were looked at, by kind, from risky to safe' }),
    candidates: z
      .array(
        z.object({
          ...judgedPlanShape,
          isWithinRisk: z.boolean(),
          reactiveHours: z.number().meta({ description: 'What the reactive autoscaler adds to the floor' }),
          latencySeconds: latencySchema.nullable(),
          sloAttainment: z.number().nullable(),
          killed: z.number().nullable().meta({ description: 'Mean replicas killed a step for want of memory' }),
        })
      )
      .meta({ description: 'The least plan of each kind within the risk; of requests that of each size' }),
    absent: z
      .array(z.object({ kind: planKindSchema, reason: z.string() }))
      .meta({ description: 'Kinds of which there is no candidate, and why' }),
    recommendation: recommendationSchema.nullable(),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'SimulationReport' });

export type SimulationRequest = z.infer<typeof simulationRequestSchema>;
export type SimulationReport = z.infer<typeof simulationReportSchema>;

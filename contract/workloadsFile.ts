import { z } from 'zod';
import { costSchema, servingShape } from './cost.ts';
import { httpUrlSchema, secretEnvSchema } from './httpSettings.ts';
import { durationSchema, instantSchema, nameSchema, probabilitySchema, quantitySchema } from './scalars.ts';
import { scaleLimitsSchema } from './scaleLimits.ts';
import { requestsSchema } from './requests.ts';
import { targetSchema } from './target.ts';

const httpAccess = {
  url: httpUrlSchema,
  tokenEnv: secretEnvSchema.optional(),
  basicAuth: z.strictObject({ username: z.string().min(1), passwordEnv: secretEnvSchema }).optional(),
  headers: z.record(z.string(), z.string()).optional().meta({ description: 'Further headers, none of them a secret' }),
  timeout: durationSchema.optional().meta({ description: 'For one request; default 30s' }),
  tls: z
    .strictObject({
      caFile: z.string().optional(),
      certFile: z.string().optional(),
      keyFile: z.string().optional(),
      serverName: z.string().optional(),
      insecureSkipVerify: z.boolean().optional(),
    })
    .optional(),
};

const sourceSchema = z.discriminatedUnion('type', [
  z.strictObject({ name: nameSchema, type: z.literal('prometheus'), ...httpAccess }),
  z.strictObject({
    name: nameSchema,
    type: z.literal('grafana'),
    ...httpAccess,
    datasource: z.strictObject({ uid: z.string().min(1), type: z.string().min(1) }),
  }),
  z.strictObject({ name: nameSchema, type: z.literal('csv'), file: z.string().min(1) }),
  z.strictObject({ name: nameSchema, type: z.literal('demo'), seed: z.int().min(0).optional() }),
]);

const queryText = z
  .union([z.string().min(1), z.record(z.string(), z.unknown())])
  .meta({ description: "The source's query text (a column's name for CSV, a series' for demo), or its query model" });

/** Overrides the workload's source where a series comes from another one. */
const from = nameSchema.optional().meta({ description: "The source of this query, where it is not the workload's" });

const activitySchema = z.strictObject({
  query: queryText,
  source: from,
  unit: z.string().optional(),
  by: z
    .string()
    .optional()
    .meta({ description: 'A label that splits the activity: one series for each of its values' }),
});

const resourceSchema = z.strictObject({
  query: queryText,
  source: from,
  unit: z.string().optional(),
  perReplica: quantitySchema
    .optional()
    .meta({ description: 'What one replica has of it; without it there is no shortfall of it' }),
});

const sloSchema = z.strictObject({
  latencySeconds: z.number().positive().optional(),
  objective: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .meta({ description: 'The share of time or requests within the objective' }),
  serviceSeconds: z
    .number()
    .positive()
    .optional()
    .meta({ description: 'Mean service time of one request without queueing' }),
  latency: z.strictObject({ query: queryText, source: from, quantile: z.number().gt(0).lt(1) }).optional(),
  errors: z.strictObject({ query: queryText, source: from }).optional(),
});

const rangeSchema = z.strictObject({ step: durationSchema.optional(), horizon: durationSchema.optional() });

const forecastSchema = z.strictObject({
  step: durationSchema.optional(),
  horizon: durationSchema.optional(),
  history: durationSchema.optional(),
  model: z.string().min(1).optional().meta({ description: 'A built-in model, an artefact, or auto' }),
  season: durationSchema.optional().meta({ description: 'The main season, where it should not be detected' }),
  nearStep: durationSchema.optional().meta({
    description: 'Seconds between two values of the near range, such as 1m; without it there is none',
  }),
  planning: rangeSchema.optional().meta({
    description: 'The planning range: daily means and peaks of the next months; {} takes 1d and 90d',
  }),
});

const fleetSchema = z.strictObject({
  lowerShare: z.number().gt(0).max(1).optional().meta({
    description: 'The share of all workloads that may be lowered within lowerWithin, one at least; default 0.25',
  }),
  lowerWithin: durationSchema.optional().meta({ description: 'Default 10m' }),
});

const scalingSchema = z.strictObject({
  target: targetSchema.optional(),
  mode: z.enum(['observe', 'approve', 'auto']).optional(),
  modeLocked: z.boolean().optional(),
  min: z.int().min(0).optional(),
  max: z.int().min(1).optional(),
  leadTime: durationSchema.optional().meta({ description: 'From a decision to a replica that serves' }),
  drainTime: durationSchema.optional().meta({
    description: 'So much longer a removed replica is paid, though it serves no more; default 30s',
  }),
  risk: z.number().gt(0).lt(1).optional().meta({
    description: 'Accepted probability of at least one shortfall in a window of leadTime, averaged over time',
  }),
  limits: scaleLimitsSchema.optional().meta({ description: 'How fast plans may change; default as fast as they like' }),
  tuneTarget: z.boolean().optional(),
  relaxedUtilization: z.number().gt(0).max(2).optional().meta({
    description: 'The utilisation target while a fresh floor carries the risk, where tuneTarget is true; default 0.95',
  }),
  cooldown: z.strictObject({ out: durationSchema.optional(), in: durationSchema.optional() }).optional().meta({
    description: 'So long after a raise nothing is raised (default 0s), after any change nothing lowered (5m)',
  }),
  stabilization: durationSchema.optional().meta({
    description: 'The floor is lowered no further than to the most that was wanted within it; default 5m',
  }),
  worth: z.number().min(0).max(1).optional().meta({
    description: 'A floor is lowered only by at least this share of it, or to the bottom; default 0.1',
  }),
  freeze: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        start: instantSchema,
        end: instantSchema,
        direction: z.enum(['out', 'in', 'both']).optional().meta({ description: 'Default both' }),
      })
    )
    .max(64, 'must be at most 64')
    .optional()
    .meta({ description: 'Times in which nothing is changed' }),
  budget: z
    .strictObject({ costHourly: z.number().positive() })
    .optional()
    .meta({ description: 'What the floor may cost an hour; needs cost.replicaHour' }),
  handBack: durationSchema.optional().meta({
    description: 'A floor without a fresh forecast is held so long, then given back to its owner; default 30m',
  }),
  minHistory: durationSchema.optional().meta({
    description: 'With a shorter history than this nothing is decided by itself; default 3d',
  }),
  watch: durationSchema.optional().meta({
    description:
      'So long after leadTime a change is watched, and rolled back where it did not take or the SLO worsened; default 15m',
  }),
  requests: requestsSchema.optional().meta({ description: 'Requests of cpu and memory of one replica' }),
  tiers: z.strictObject({ committed: probabilitySchema.optional(), burst: probabilitySchema.optional() }).optional(),
});

export const accountSchema = z.strictObject({
  name: z.string().min(1),
  tier: z.string().optional(),
  industry: z.string().optional(),
  region: z.string().optional(),
  timeZone: z.string().optional().meta({ description: 'An IANA zone; default UTC' }),
});

export const workloadSchema = z
  .strictObject({
    name: nameSchema,
    source: nameSchema.optional(),
    account: accountSchema.optional(),
    activity: z.record(nameSchema, activitySchema).optional().meta({
      description: 'The drivers; the first is the demand that capacity is counted in',
    }),
    resources: z.record(nameSchema, resourceSchema).optional(),
    calendar: z.array(z.strictObject({ name: z.string().min(1), start: instantSchema, end: instantSchema })).optional(),
    capacity: z
      .strictObject({
        replicas: z.strictObject({ query: queryText, source: from }).optional(),
        perReplica: z
          .union([quantitySchema, z.literal('auto')])
          .optional()
          .meta({ description: 'Demand that one ready replica serves within the SLO' }),
        refit: z.boolean().optional().meta({
          description:
            'Whether scalability is learnt from the use of cpu, around what is declared, where that is clearly nearer to the past; default false',
        }),
        ...servingShape,
      })
      .optional(),
    slo: sloSchema.optional(),
    forecast: forecastSchema.optional(),
    scenarios: z.array(nameSchema).optional(),
    scaling: scalingSchema.optional(),
    cost: costSchema.optional(),
  })
  .meta({ id: 'Workload' });

/** The workloads file (interfaces 3), as written: durations and quantities are still text. */
export const workloadsFileSchema = z
  .strictObject({
    sources: z.array(sourceSchema).min(1, 'must name at least one source'),
    workloads: z.array(workloadSchema).meta({ description: 'May be [] where all come through the API' }),
    fleet: fleetSchema.optional().meta({ description: 'What holds for all workloads together' }),
  })
  .meta({ id: 'WorkloadsFile', title: 'Headroom workloads file' });

export type WorkloadsFile = z.infer<typeof workloadsFileSchema>;
export type WorkloadEntry = z.infer<typeof workloadSchema>;
export type SourceEntry = z.infer<typeof sourceSchema>;

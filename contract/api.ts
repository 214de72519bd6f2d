import { z } from 'zod';
import { recommendationSchema } from './recommendation.ts';
import { workloadSchema } from './workloadsFile.ts';

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });
/** What a date can hold, and a year: beyond them arithmetic on instants is no longer exact. */
const MAX_EPOCH_SECONDS = 8.64e12;
const MAX_STEP_SECONDS = 366 * 86_400;
const nullableNumbers = z.array(z.number().nullable());

export const pauseSchema = z
  .object({
    scope: z.string().meta({ description: '`all`, or the name of a workload' }),
    out: z.boolean(),
    in: z.boolean(),
    who: z.string(),
    at: epochSeconds,
    reason: z.string(),
  })
  .meta({ id: 'Pause' });

export const modeSchema = z.enum(['observe', 'approve', 'auto'], { error: 'must be observe, approve or auto' });

/** How a series or a workload is doing: `ok`, or why not, in words. */
export const healthSchema = z
  .object({
    state: z.enum(['ok', 'starting', 'stale', 'failing']),
    problem: z.string().nullable(),
    lastSuccessAt: epochSeconds.nullable(),
  })
  .meta({ id: 'Health' });

export const resourceSummarySchema = z
  .object({
    name: z.string(),
    kind: z.enum(['activity', 'resource']),
    unit: z.string(),
    model: z.string().nullable(),
    latest: z.number().nullable(),
    capacity: z.number().nullable(),
    shortfallProbability: z.record(z.string(), z.number()).nullable().meta({
      description:
        'At least one shortfall within the window from now, by window (1h, 6h, 24h); null without a capacity',
    }),
    firstShortfallAt: epochSeconds.nullable(),
  })
  .meta({ id: 'ResourceSummary' });

/** The demand of a workload, or the resource nearest to its capacity, around now. */
export const sparklineSchema = z
  .object({
    resource: z.string(),
    times: z.array(epochSeconds),
    actual: nullableNumbers,
    lower: nullableNumbers,
    median: nullableNumbers,
    upper: nullableNumbers,
    capacity: nullableNumbers,
  })
  .meta({
    id: 'Sparkline',
    description: 'About 100 points around now, to five digits; lower and upper are the 80 % band',
  });

export const sparklinesResponseSchema = z
  .object({
    now: epochSeconds,
    sparklines: z
      .record(z.string(), sparklineSchema.nullable())
      .meta({ description: 'By workload; null where nothing is foreseen yet, absent where there is no such workload' }),
  })
  .meta({ id: 'SparklinesResponse' });

/** A line of the fleet table: what an on-call engineer needs at a glance. */
export const workloadSummarySchema = z
  .object({
    name: z.string(),
    account: z.object({ name: z.string(), tier: z.string(), industry: z.string(), region: z.string() }),
    mode: modeSchema,
    scaling: z
      .object({
        isModeLocked: z.boolean(),
        hasTarget: z.boolean(),
        paused: z.object({ out: z.boolean(), in: z.boolean(), reason: z.string() }),
        isFloorHeld: z.boolean().nullable().meta({ description: 'By Headroom; null while the target was not read' }),
        floor: z.number().nullable().meta({ description: 'As the target said last' }),
        problem: z.string().nullable().meta({ description: 'Why the target cannot be made, read or changed' }),
        lastAction: z
          .object({
            at: epochSeconds,
            kind: z.string().meta({ description: 'change, giveBack or rollback' }),
            by: z.enum(['headroom', 'person']),
            outcome: z.enum(['applied', 'failed']),
          })
          .nullable(),
      })
      .optional()
      .meta({ description: 'How acting on it stands; absent where nothing acts' }),
    declaredIn: z.enum(['file', 'api', 'demo']),
    health: healthSchema,
    demand: z.string().nullable().meta({ description: 'The activity that capacity is counted in' }),
    resources: z.array(resourceSummarySchema),
    replicas: z.object({
      current: z.number().nullable(),
      recommended: z.number().nullable().meta({ description: 'The most that the plan asks for within the horizon' }),
    }),
    shortfallProbability: z.record(z.string(), z.number()).nullable().meta({ description: 'Any resource, by window' }),
    firstShortfallAt: epochSeconds.nullable(),
    costHourly: z.object({ current: z.number().nullable(), proposed: z.number().nullable(), currency: z.string() }),
    recommendationId: z.string().nullable(),
    sparkline: sparklineSchema.nullable().optional().meta({ description: 'Absent with `sparkline=false`' }),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'WorkloadSummary' });

export const workloadsResponseSchema = z
  .object({ now: epochSeconds, workloads: z.array(workloadSummarySchema) })
  .meta({ id: 'WorkloadsResponse' });

/** Scores of one model on one resource, live: each forecast against the truth that came. */
export const accuracySchema = z
  .object({
    resource: z.string(),
    model: z.string(),
    lead: z.string().meta({ description: 'Lead times up to this: 15m, 1h, 6h, 24h' }),
    count: z.int(),
    crps: z.number().nullable(),
    mase: z.number().nullable(),
    coverage: z
      .record(z.string(), z.number())
      .meta({ description: 'Share of truths inside the central band, by its width' }),
  })
  .meta({ id: 'Accuracy' });

/** Whether a series is still what its forecasts take it for. */
export const driftSchema = z
  .object({
    resource: z.string(),
    kind: z.enum(['unknown', 'steady', 'levelShift', 'seasonChange', 'varianceChange', 'sensorFreeze', 'growth']),
    isConfirmed: z.boolean().meta({ description: 'false for a level shift that may yet be a spike' }),
    since: epochSeconds.nullable(),
    words: z.string(),
    offset: z.number().nullable().meta({ description: 'Of a level shift: by how much, in the unit of the series' }),
    ratio: z.number().nullable().meta({ description: 'Of a level shift that is one by a factor' }),
    factor: z.number().nullable().meta({ description: 'Of the spread around the forecast' }),
    rise: z.number().nullable().meta({ description: 'Of growth: in a week' }),
    statistic: z.number().nullable(),
    threshold: z.number().nullable().meta({ description: 'What noise alone passes on one day in alarmDays' }),
    alarmDays: z.number().nullable(),
  })
  .meta({ id: 'Drift' });

/** The near range is the next hour, the day the horizon that decisions use, planning the next months. */
export const forecastRangeSchema = z.enum(['near', 'day', 'planning']);

/** What a planning step says of its days: their mean, or the highest of their samples. */
export const planningAggregateSchema = z.enum(['mean', 'peak']);

/** One range that a workload is forecast at, and how it stands. */
export const workloadRangeSchema = z
  .object({
    range: forecastRangeSchema,
    step: z.number().meta({ description: 'Seconds' }),
    horizon: z.number().meta({ description: 'Seconds' }),
    issuedAt: epochSeconds.nullable(),
    health: healthSchema,
    accuracy: z.array(accuracySchema).meta({ description: 'Live; empty for planning, whose truths take months' }),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'WorkloadRange' });

export const workloadDetailSchema = z
  .object({
    now: epochSeconds,
    summary: workloadSummarySchema,
    definition: workloadSchema.nullable().meta({ description: 'As declared' }),
    version: z.int().min(1).nullable().optional().meta({
      description: 'How often the API changed it, its ETag; null where the file declares it',
    }),
    accuracy: z.array(accuracySchema),
    drift: z.array(driftSchema).optional().meta({ description: 'One verdict for each series' }),
    ranges: z.array(workloadRangeSchema).meta({ description: 'The day always; near and planning where declared' }),
    recommendation: recommendationSchema.nullable(),
  })
  .meta({ id: 'WorkloadDetail' });

/** `GET /workloads/{name}/forecast`: past and future on one time axis; `values` is `[level][time]`. */
export const forecastResponseSchema = z
  .object({
    workload: z.string(),
    resource: z.string(),
    unit: z.string(),
    range: forecastRangeSchema.nullable().meta({ description: 'null for a preview' }),
    aggregate: planningAggregateSchema.nullable().meta({ description: 'Of the planning range only' }),
    scenario: z.string().optional().meta({
      description: 'The scenario asked for: quantiles and shortfall are those in it, of the future only',
    }),
    issuedAt: epochSeconds.nullable(),
    now: epochSeconds,
    model: z.string().nullable(),
    step: z.number().meta({ description: 'Seconds' }),
    times: z.array(epochSeconds),
    levels: z.array(z.number()),
    values: z.array(nullableNumbers),
    mean: nullableNumbers,
    actual: nullableNumbers,
    capacity: nullableNumbers,
    shortfallProbability: nullableNumbers,
    replicas: z
      .object({ committed: nullableNumbers, reserved: nullableNumbers, total: nullableNumbers, burst: nullableNumbers })
      .nullable(),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'ForecastResponse' });

const importanceByPart = z.object({
  whole: z.number(),
  parts: z.array(z.number()).meta({ description: 'For each of `parts`' }),
});

/** What a forecast used and how much each mattered: how far its quantiles move without it. */
export const importanceSchema = z
  .object({
    model: z.string(),
    cutoff: epochSeconds,
    forecastCount: z.int().meta({ description: 'Forecasts that it took' }),
    width: z.number().meta({ description: "Mean distance of the forecast's outermost quantiles, in the series' unit" }),
    parts: z.array(
      z.object({
        name: z.enum(['near', 'middle', 'far']),
        from: z.int().meta({ description: 'First step of the horizon, from 1' }),
        to: z.int().meta({ description: 'Last step, included' }),
      })
    ),
    groups: z
      .array(
        z.object({
          name: z.string().meta({ description: 'As the feature is named; a covariate or category by its own name' }),
          kind: z.enum(['rolling', 'rate', 'decomposition', 'calendar', 'missing', 'covariate', 'category']),
          description: z.string(),
          present: z.boolean().meta({ description: 'Whether the history holds something of it' }),
          used: z.boolean().meta({ description: 'Whether the forecast moves without it' }),
          change: importanceByPart.meta({ description: "Mean move of the quantiles without it, in the series' unit" }),
          widths: z.number().meta({ description: 'The move of the whole horizon in widths of the forecast' }),
          share: importanceByPart.meta({ description: 'Of the moves of all groups, 0 to 1' }),
        })
      )
      .meta({ description: 'Most important first' }),
    emptyReason: z.string().nullable().meta({ description: 'Why there are no groups' }),
  })
  .meta({ id: 'Importance' });

/** `GET /workloads/{name}/features`: what is to be seen in the measured series, on one time axis. */
export const featuresResponseSchema = z
  .object({
    workload: z.string(),
    now: epochSeconds,
    timeZone: z.string().meta({ description: 'In which days and weeks begin' }),
    step: z.number().meta({ description: 'Seconds' }),
    times: z.array(epochSeconds),
    resources: z.array(z.string()).meta({
      description: 'What can be asked for: activities, resources, and parts of a split activity as activity/value',
    }),
    categories: z.array(
      z.object({
        name: z.string(),
        value: z.string(),
        index: z.int().meta({ description: 'Among the values of the fleet, from 1; 0 is the unknown class' }),
      })
    ),
    events: z.array(z.object({ name: z.string(), start: epochSeconds, end: epochSeconds })),
    series: z.array(
      z.object({
        resource: z.string(),
        unit: z.string(),
        actual: nullableNumbers,
        features: z.array(
          z.object({
            name: z.string(),
            group: z.enum(['rolling', 'rate', 'decomposition', 'calendar', 'missing', 'interaction']),
            unit: z.string(),
            description: z.string(),
            knownAhead: z.boolean(),
            values: nullableNumbers,
          })
        ),
      })
    ),
    importance: importanceSchema.nullable().meta({
      description: 'What the latest forecast used; null unless `resource` names one series that has a forecast',
    }),
  })
  .meta({ id: 'FeaturesResponse' });

/** `POST /forecasts/preview`: a posted series, or a query to one of the sources; nothing is stored. */
export const previewRequestSchema = z
  .strictObject({
    series: z
      .strictObject({
        start: epochSeconds.min(-MAX_EPOCH_SECONDS).max(MAX_EPOCH_SECONDS),
        step: z.number().min(1e-3).max(MAX_STEP_SECONDS).meta({ description: 'Seconds' }),
        values: z.array(z.number().nullable()).min(1).max(50_000),
      })
      .optional(),
    query: z
      .strictObject({
        source: z.string(),
        query: z.union([z.string().min(1), z.record(z.string(), z.unknown())]),
        step: z.string().optional(),
        history: z.string().optional(),
      })
      .optional(),
    horizon: z.int().min(1).max(10_000).meta({ description: 'Steps' }),
    levels: z.array(z.number().gt(0).lt(1)).max(99).optional(),
    model: z.string().optional(),
  })
  .refine((body) => (body.series === undefined) !== (body.query === undefined), {
    error: 'must have either series or query',
  })
  .meta({ id: 'PreviewRequest' });

export const statusSchema = z
  .object({
    version: z.string(),
    now: epochSeconds,
    startedAt: epochSeconds,
    demo: z.boolean(),
    mode: z.object({ observe: z.int(), approve: z.int(), auto: z.int() }),
    acting: z
      .object({
        kind: z.enum(['acting', 'waiting', 'unknown']),
        holder: z.string().nullable().meta({ description: 'Who acts instead, where it is known' }),
        problem: z.string().nullable(),
        pauses: z.array(pauseSchema),
      })
      .optional()
      .meta({ description: 'Whether this Headroom is the one that acts, and what is paused' }),
    config: z.object({
      file: z.string().nullable(),
      loadedAt: epochSeconds.nullable(),
      problem: z.string().nullable(),
    }),
    sources: z.array(z.object({ name: z.string(), type: z.string(), health: healthSchema, workloads: z.int() })),
    models: z.array(z.object({ name: z.string(), series: z.int() })),
    tunedModels: z
      .array(z.object({ workload: z.string(), name: z.string(), version: z.string() }))
      .meta({ description: 'In force for one workload, in place of the shipped model of that name' }),
    storage: z.object({ kind: z.string(), problem: z.string().nullable() }),
    schedules: z.array(
      z.object({ name: z.string(), lastAt: epochSeconds.nullable(), nextAt: epochSeconds.nullable() })
    ),
    errors: z.array(z.object({ at: epochSeconds, what: z.string(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'Status' });

export const recommendationsResponseSchema = z
  .object({ now: epochSeconds, recommendations: z.array(recommendationSchema) })
  .meta({ id: 'RecommendationsResponse' });

/** What is recorded of a decision. */
export const newDecisionSchema = z.object({
  id: z.string(),
  at: epochSeconds,
  who: z.string(),
  what: z.string(),
  workload: z.string().nullable(),
  why: z.array(z.string()),
  before: z.unknown(),
  after: z.unknown(),
  outcome: z.string(),
});

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');

/** The same with its place in the chain, which shows whether any of them was changed. */
export const decisionSchema = newDecisionSchema
  .extend({
    seq: z.int().min(1).meta({ description: 'Place in the order of recording, from 1 without a gap' }),
    previousHash: hashSchema.meta({ description: '`hash` of the decision before; zeros for the first' }),
    hash: hashSchema.meta({ description: 'SHA-256 of the canonical JSON (RFC 8785) of all other fields' }),
  })
  .meta({ id: 'Decision' });

export const decisionsResponseSchema = z
  .object({
    now: epochSeconds,
    decisions: z.array(decisionSchema),
    next: z.int().nullable().meta({ description: '`before` of the next page; null when there is none' }),
  })
  .meta({ id: 'DecisionsResponse' });

export const auditReportSchema = z
  .object({
    intact: z.boolean(),
    count: z.int().meta({ description: 'Decisions that are as they were written' }),
    complete: z.boolean().meta({ description: 'Whether they begin with the first that was ever made' }),
    firstSeq: z.int().nullable(),
    lastSeq: z.int().nullable(),
    head: z
      .string()
      .nullable()
      .meta({ description: 'Hash of the last; noted elsewhere it shows what is cut off later' }),
    fault: z
      .object({
        position: z.int().meta({ description: 'Among those that were checked, from 1' }),
        seq: z.int().nullable(),
        problem: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'AuditReport' });

export type Mode = z.infer<typeof modeSchema>;
export type Health = z.infer<typeof healthSchema>;
export type ResourceSummary = z.infer<typeof resourceSummarySchema>;
export type WorkloadSummary = z.infer<typeof workloadSummarySchema>;
export type Sparkline = z.infer<typeof sparklineSchema>;
export type SparklinesResponse = z.infer<typeof sparklinesResponseSchema>;
export type WorkloadsResponse = z.infer<typeof workloadsResponseSchema>;
export type Accuracy = z.infer<typeof accuracySchema>;
export type Drift = z.infer<typeof driftSchema>;
export type ForecastRange = z.infer<typeof forecastRangeSchema>;
export type PlanningAggregate = z.infer<typeof planningAggregateSchema>;
export type WorkloadRange = z.infer<typeof workloadRangeSchema>;
export type WorkloadDetail = z.infer<typeof workloadDetailSchema>;
export type ForecastResponse = z.infer<typeof forecastResponseSchema>;
export type Importance = z.infer<typeof importanceSchema>;
export type FeaturesResponse = z.infer<typeof featuresResponseSchema>;
export type PreviewRequest = z.infer<typeof previewRequestSchema>;
export type Status = z.infer<typeof statusSchema>;
export type RecommendationsResponse = z.infer<typeof recommendationsResponseSchema>;
export type NewDecision = z.infer<typeof newDecisionSchema>;
export type Decision = z.infer<typeof decisionSchema>;
export type DecisionsResponse = z.infer<typeof decisionsResponseSchema>;
export type AuditReport = z.infer<typeof auditReportSchema>;

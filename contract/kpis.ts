import { z } from 'zod';

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });

export const kpiBySchema = z.enum(['workload', 'account', 'tier'], { error: 'must be workload, account or tier' });
export const kpiPeriodSchema = z.enum(['day', 'week', 'month'], { error: 'must be day, week or month' });

export const kpiEstimateSchema = z
  .object({
    value: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
  })
  .meta({
    id: 'KpiEstimate',
    description: 'With its interval of 95 %, from drawing days anew; null with fewer than seven days',
  });

export const kpiGainSchema = z
  .object({
    replicaHours: kpiEstimateSchema,
    violationMinutes: kpiEstimateSchema,
    cost: kpiEstimateSchema.nullable().meta({ description: 'Null without prices, or where several currencies meet' }),
  })
  .meta({ id: 'KpiGain', description: 'Positive: saved, or avoided' });

/** The figures of a group over a time, of measured steps alone. */
export const kpiFiguresSchema = z
  .object({
    group: z.string().nullable().meta({ description: 'The workload, account or tier; null for all together' }),
    start: epochSeconds,
    end: epochSeconds,
    days: z.int(),
    workloads: z.int(),
    workloadDays: z.int(),
    missingShare: z.number().meta({ description: 'Of the steps of those days, those without demand or replicas' }),
    actedShare: z.number().meta({ description: 'Of those days, the ones on which Headroom acted' }),
    utilization: z.number().nullable(),
    replicaHours: z.number(),
    slackReplicaHours: z.number().meta({ description: 'Served and not filled' }),
    violationMinutes: z.number().meta({ description: 'Demand above what the ready replicas serve' }),
    cost: z.number().nullable(),
    currency: z.string().nullable(),
    sloAttainment: z.number().nullable().meta({ description: 'Null where latency and errors are not both measured' }),
    reactive: z
      .object({ replicaHours: z.number(), violationMinutes: z.number(), cost: z.number().nullable() })
      .meta({ description: 'What the reactive autoscaler alone would have come to on the same demand' }),
    savings: kpiGainSchema.meta({ description: 'Against it' }),
    forecastValue: z
      .object({ againstSeasonal: kpiGainSchema.nullable(), againstNone: kpiGainSchema.nullable() })
      .meta({ description: 'Of the floor that was recommended, above the reactive autoscaler' }),
  })
  .meta({ id: 'KpiFigures' });

/** `GET /kpis`. */
export const kpisResponseSchema = z
  .object({
    now: epochSeconds,
    start: epochSeconds,
    end: epochSeconds.meta({ description: 'The first day that is not in it' }),
    by: kpiBySchema.nullable(),
    period: kpiPeriodSchema.nullable(),
    figures: z.array(kpiFiguresSchema),
  })
  .meta({ id: 'Kpis' });

export type KpiBy = z.infer<typeof kpiBySchema>;
export type KpiEstimate = z.infer<typeof kpiEstimateSchema>;
export type KpiGainView = z.infer<typeof kpiGainSchema>;
export type KpiFigures = z.infer<typeof kpiFiguresSchema>;
export type KpisResponse = z.infer<typeof kpisResponseSchema>;

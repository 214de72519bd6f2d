import { z } from 'zod';
import { healthSchema } from './api.ts';

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });

/** `GET /sources`: where history comes from. */
export const sourcesResponseSchema = z
  .object({
    now: epochSeconds,
    sources: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['prometheus', 'grafana', 'csv', 'demo']),
        datasource: z
          .object({ uid: z.string(), type: z.string() })
          .nullable()
          .meta({ description: 'The Grafana data source that it asks; null for the other types' }),
        health: healthSchema,
        workloads: z.int().meta({ description: 'So many read from it' }),
        hasNames: z.boolean().meta({ description: 'Whether it can tell what may be asked of it' }),
        hasLabels: z.boolean().meta({ description: 'Whether it can tell the labels of a name' }),
      })
    ),
  })
  .meta({ id: 'SourcesResponse' });

/** `GET /sources/{name}/check`: whether it can be reached and believed, now. */
export const sourceCheckSchema = z
  .object({
    now: epochSeconds,
    source: z.string(),
    isHealthy: z.boolean(),
    problem: z.string().nullable(),
    tookSeconds: z.number(),
  })
  .meta({ id: 'SourceCheck' });

/** `GET /sources/{name}/names`: what may be asked of it: metrics, columns or series. */
export const sourceNamesSchema = z
  .object({
    source: z.string(),
    names: z.array(z.string()).meta({ description: 'In alphabetical order' }),
    isComplete: z.boolean().meta({ description: 'Whether these are all that match' }),
  })
  .meta({ id: 'SourceNames' });

/** `GET /sources/{name}/labels`: the labels of a metric in the last hour, each with its values. */
export const sourceLabelsSchema = z
  .object({
    source: z.string(),
    metric: z.string(),
    labels: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
    isComplete: z.boolean().meta({ description: 'Whether every series was looked at' }),
  })
  .meta({ id: 'SourceLabels' });

export type SourcesResponse = z.infer<typeof sourcesResponseSchema>;
export type SourceView = SourcesResponse['sources'][number];
export type SourceCheck = z.infer<typeof sourceCheckSchema>;
export type SourceNames = z.infer<typeof sourceNamesSchema>;
export type SourceLabels = z.infer<typeof sourceLabelsSchema>;

import { z } from 'zod';
import { dataSourceRefSchema, durationSchema, uidSchema } from './shared.ts';

const refId = z.string().regex(/^[A-Z]$/);

const querySchema = z.strictObject({
  refId,
  relativeTimeRange: z
    .strictObject({ from: z.int(), to: z.int() })
    .refine(({ from, to }) => from > to, 'from (seconds before now) must be greater than to'),
  datasourceUid: uidSchema,
  model: z.strictObject({
    refId,
    datasource: dataSourceRefSchema,
    expr: z.string().min(1),
    editorMode: z.literal('code'),
    range: z.boolean(),
    instant: z.boolean(),
    intervalMs: z.int().positive(),
    maxDataPoints: z.int().min(1).max(11_000),
  }),
});

const expressionOf = <T extends z.ZodRawShape>(model: T) =>
  z.strictObject({
    refId,
    datasourceUid: z.literal('__expr__'),
    model: z.strictObject({
      refId,
      datasource: z.strictObject({ type: z.literal('__expr__'), uid: z.literal('__expr__') }),
      expression: refId,
      ...model,
    }),
  });

const reduceSchema = expressionOf({
  type: z.literal('reduce'),
  reducer: z.enum(['min', 'max', 'mean', 'sum', 'count', 'last', 'median']),
  settings: z.strictObject({ mode: z.enum(['dropNN']) }).optional(),
});

const thresholdSchema = expressionOf({
  type: z.literal('threshold'),
  conditions: z
    .array(
      z.strictObject({
        evaluator: z.strictObject({ type: z.enum(['gt', 'lt', 'gte', 'lte']), params: z.array(z.number()).length(1) }),
      })
    )
    .length(1),
});

/** Grafana reads `$NAME` in titles and labels as an environment variable, and `${NAME}` in annotations. */
const withoutDollar = z.string().refine((text) => !text.includes('$'), 'must not hold a "$": Grafana would expand it');
const withoutBraces = z
  .string()
  .refine((text) => !text.includes('${'), 'must not hold "${": Grafana would read the environment');

const labelName = z.string().regex(/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/);

export const grafanaRuleSchema = z.strictObject({
  uid: uidSchema,
  title: withoutDollar.min(1).max(190),
  condition: refId,
  data: z.array(z.union([querySchema, reduceSchema, thresholdSchema])).min(2),
  dashboardUid: uidSchema.optional(),
  panelId: z.int().positive().optional(),
  noDataState: z.enum(['NoData', 'Alerting', 'OK', 'KeepLast']),
  execErrState: z.enum(['Error', 'Alerting', 'OK', 'KeepLast']),
  for: durationSchema,
  keepFiringFor: durationSchema.optional(),
  isPaused: z.boolean(),
  annotations: z.strictObject({
    summary: withoutBraces,
    description: withoutBraces,
    runbook: withoutBraces.optional(),
  }),
  labels: z.record(labelName, withoutDollar),
});

/** A file of alert rules for Grafana's provisioning/alerting; Grafana refuses to start on one that it can't read. */
export const grafanaRuleFileSchema = z.strictObject({
  apiVersion: z.literal(1),
  groups: z
    .array(
      z.strictObject({
        orgId: z.int().positive(),
        name: withoutDollar.min(1).max(190),
        folder: withoutDollar.min(1),
        interval: durationSchema,
        rules: z.array(grafanaRuleSchema).min(1),
      })
    )
    .min(1),
});

export type GrafanaRuleFile = z.infer<typeof grafanaRuleFileSchema>;

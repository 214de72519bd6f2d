import { z } from 'zod';
import { dataSourceRefSchema, uidSchema } from './shared.ts';

/** A file of dashboard providers for Grafana's provisioning/dashboards. */
export const dashboardProviderFileSchema = z.strictObject({
  apiVersion: z.literal(1),
  providers: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        orgId: z.int().positive(),
        type: z.literal('file'),
        folder: z.string().min(1),
        folderUid: uidSchema,
        disableDeletion: z.boolean(),
        allowUiUpdates: z.boolean(),
        updateIntervalSeconds: z.int().positive(),
        options: z.strictObject({ path: z.string().startsWith('/'), foldersFromFilesStructure: z.boolean() }),
      })
    )
    .min(1),
});

const queryTargetSchema = z
  .strictObject({
    datasource: dataSourceRefSchema,
    editorMode: z.literal('code'),
    expr: z.string().min(1),
    range: z.boolean(),
    instant: z.boolean(),
    format: z.literal('table').optional(),
    legendFormat: z.string(),
    refId: z.string().regex(/^[A-Z]$/),
  })
  .refine(({ range, instant }) => range !== instant, 'must be either a range or an instant query');

const propertiesSchema = z.array(z.strictObject({ id: z.string().min(1), value: z.unknown() })).min(1);

const panelSchema = z.strictObject({
  id: z.int().positive(),
  type: z.enum(['headroom-forecastband-panel', 'stat', 'table', 'timeseries']),
  title: z.string().min(1),
  description: z.string().min(1),
  datasource: dataSourceRefSchema,
  gridPos: z
    .strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(2) })
    .refine(({ x, w }) => x + w <= 24, 'must fit into the 24 columns'),
  targets: z.array(queryTargetSchema).min(1),
  timeFrom: z.string().optional(),
  hideTimeOverride: z.boolean().optional(),
  transformations: z.array(z.strictObject({ id: z.string(), options: z.record(z.string(), z.unknown()) })).optional(),
  fieldConfig: z.strictObject({
    defaults: z.record(z.string(), z.unknown()),
    overrides: z.array(
      z.strictObject({
        matcher: z.strictObject({ id: z.enum(['byName', 'byRegexp']), options: z.string() }),
        properties: propertiesSchema,
      })
    ),
  }),
  options: z.record(z.string(), z.unknown()),
});

const annotationSchema = z.strictObject({
  datasource: dataSourceRefSchema,
  enable: z.boolean(),
  hide: z.boolean(),
  iconColor: z.string(),
  name: z.string().min(1),
  expr: z.string().min(1),
  step: z.string().regex(/^\d+[sm]$/),
  titleFormat: z.string(),
  textFormat: z.string(),
});

const variableSchema = z.strictObject({
  name: z.string().regex(/^\w+$/),
  label: z.string().min(1),
  type: z.literal('query'),
  datasource: dataSourceRefSchema,
  definition: z.string().min(1),
  query: z.strictObject({ qryType: z.literal(1), query: z.string().min(1), refId: z.string() }),
  refresh: z.literal(2),
  sort: z.int(),
  multi: z.boolean(),
  includeAll: z.boolean(),
  hide: z.int(),
  options: z.array(z.never()),
  current: z.strictObject({}),
  regex: z.string(),
  skipUrlSync: z.boolean(),
});

const linkSchema = z.strictObject({
  title: z.string().min(1),
  type: z.literal('link'),
  icon: z.string(),
  url: z.string().startsWith('/'),
  targetBlank: z.boolean(),
  asDropdown: z.boolean(),
  includeVars: z.boolean(),
  keepTime: z.boolean(),
  tags: z.array(z.string()),
  tooltip: z.string(),
});

/** A dashboard as a file, as far as Headroom's own use it. */
export const dashboardSchema = z.strictObject({
  uid: uidSchema,
  title: z.string().min(1),
  description: z.string().min(1),
  tags: z.array(z.string()),
  editable: z.boolean(),
  graphTooltip: z.literal(1),
  refresh: z.string(),
  schemaVersion: z.int().min(39),
  version: z.int(),
  time: z.strictObject({ from: z.string(), to: z.string() }),
  timepicker: z.strictObject({}),
  timezone: z.string(),
  weekStart: z.string(),
  fiscalYearStartMonth: z.int(),
  liveNow: z.boolean(),
  annotations: z.strictObject({ list: z.array(annotationSchema) }),
  templating: z.strictObject({ list: z.array(variableSchema) }),
  links: z.array(linkSchema),
  panels: z.array(panelSchema).min(1),
});

export type Dashboard = z.infer<typeof dashboardSchema>;

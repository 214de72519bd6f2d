import { z } from 'zod';
import { uidSchema } from './shared.ts';

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

/** The data source that a variable of the dashboard holds. */
const sourceRefSchema = z.strictObject({
  type: z.literal('prometheus'),
  uid: z.string().regex(/^\$\{(datasource|metrics)\}$/, 'must be a variable, so that the reader can choose'),
});

const queryTargetSchema = z
  .strictObject({
    datasource: sourceRefSchema,
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
const positionSchema = z
  .strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1) })
  .refine(({ x, w }) => x + w <= 24, 'must fit into the 24 columns');
const dataLinkSchema = z.strictObject({ title: z.string().min(1), url: z.string().startsWith('/d/') });

const queryPanelSchema = z.strictObject({
  id: z.int().positive(),
  type: z.enum([
    'headroom-forecastband-panel',
    'headroom-shortfalltimeline-panel',
    'headroom-recommendation-panel',
    'stat',
    'table',
    'timeseries',
    'barchart',
    'state-timeline',
  ]),
  title: z.string().min(1),
  description: z.string().min(20),
  datasource: sourceRefSchema,
  gridPos: positionSchema,
  targets: z.array(queryTargetSchema).min(1),
  timeFrom: z.string().optional(),
  hideTimeOverride: z.boolean().optional(),
  links: z.array(dataLinkSchema).optional(),
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

const rowSchema = z.strictObject({
  id: z.int().positive(),
  type: z.literal('row'),
  title: z.string().min(1),
  collapsed: z.literal(false),
  panels: z.array(z.never()),
  gridPos: positionSchema,
});

const annotationSchema = z.strictObject({
  datasource: sourceRefSchema,
  enable: z.boolean(),
  hide: z.boolean(),
  iconColor: z.string(),
  name: z.string().min(1),
  expr: z.string().min(1),
  step: z.string().regex(/^\d+[sm]$/),
  titleFormat: z.string(),
  textFormat: z.string(),
});

const variableBase = {
  name: z.string().regex(/^\w+$/),
  label: z.string().min(1),
  multi: z.boolean(),
  includeAll: z.boolean(),
  hide: z.int(),
  skipUrlSync: z.boolean(),
};
const textAndValueSchema = z.strictObject({ text: z.string().min(1), value: z.string().min(1) });

const variableSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...variableBase,
    type: z.literal('query'),
    datasource: sourceRefSchema,
    definition: z.string().min(1),
    query: z.strictObject({ qryType: z.literal(1), query: z.string().min(1), refId: z.string() }),
    refresh: z.literal(2),
    sort: z.int(),
    allValue: z.literal('.*').optional(),
    options: z.array(z.never()),
    current: z.union([
      z.strictObject({}),
      z.strictObject({ text: z.tuple([z.literal('All')]), value: z.tuple([z.literal('$__all')]) }),
    ]),
    regex: z.string(),
  }),
  z.strictObject({
    ...variableBase,
    type: z.literal('datasource'),
    query: z.literal('prometheus'),
    regex: z.string(),
    refresh: z.literal(1),
    options: z.array(z.never()),
    current: textAndValueSchema,
  }),
  z.strictObject({
    ...variableBase,
    type: z.literal('custom'),
    query: z.string().min(1),
    options: z.array(textAndValueSchema.extend({ selected: z.boolean() })).min(1),
    current: textAndValueSchema,
  }),
]);

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
  panels: z.array(z.union([queryPanelSchema, rowSchema])).min(1),
});

export type Dashboard = z.infer<typeof dashboardSchema>;
export type QueryPanel = z.infer<typeof queryPanelSchema>;
export type DashboardVariable = z.infer<typeof variableSchema>;

/** The panels that ask something: all but the headings of rows. */
export function queryPanels({ panels }: Dashboard): QueryPanel[] {
  return panels.filter((panel) => panel.type !== 'row');
}

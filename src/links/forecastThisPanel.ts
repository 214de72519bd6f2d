import {
  FieldType,
  PluginExtensionPoints,
  type PluginExtensionAddedLinkConfig,
  type PluginExtensionPanelContext,
  type RawTimeRange,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { forecastUrl, PARAMS } from '../routes';

const LONGEST_QUERY = 6000;
const NOT_A_SOURCE: ReadonlySet<string> = new Set(['-- Dashboard --', '-- Mixed --', '-- Grafana --', 'grafana']);

/** The panel menu's link to a forecast of the panel's first query. */
export const forecastThisPanel: PluginExtensionAddedLinkConfig<PluginExtensionPanelContext> = {
  title: 'Forecast this panel',
  description: "Forecast the panel's query with Headroom",
  targets: [PluginExtensionPoints.DashboardPanelMenu],
  path: forecastUrl(),
  icon: 'chart-line',
  configure: (context) => {
    const path = context === undefined ? undefined : forecastPath(context);
    return path === undefined ? undefined : { path };
  },
};

/** The address of the forecast of a panel; undefined where there is nothing to forecast. */
export function forecastPath(context: Readonly<PluginExtensionPanelContext>): string | undefined {
  if (!mayHoldSeries(context)) {
    return undefined;
  }
  const target = firstTarget(context);
  const uid = target?.datasource?.uid;
  if (target === undefined || uid === undefined || NOT_A_SOURCE.has(uid)) {
    return undefined;
  }
  const query = JSON.stringify(interpolated(target, context));
  if (query.length > LONGEST_QUERY) {
    return undefined;
  }
  return forecastUrl({
    [PARAMS.datasource]: uid,
    [PARAMS.query]: query,
    [PARAMS.panelTitle]: context.title,
    ...rangeParams(context.timeRange),
  });
}

function firstTarget(context: Readonly<PluginExtensionPanelContext>): DataQuery | undefined {
  const asked = context.data?.request?.targets ?? [];
  return [...asked, ...(context.targets ?? [])].find((target) => target.hide !== true && target.datasource?.uid);
}

/** A panel that has loaded and holds no number over time has nothing to forecast. */
function mayHoldSeries({ data }: Readonly<PluginExtensionPanelContext>): boolean {
  if (data === undefined || data.series.length === 0) {
    return true;
  }
  return data.series.some(
    ({ fields }) =>
      fields.some((field) => field.type === FieldType.time) && fields.some((field) => field.type === FieldType.number)
  );
}

/** The query with the dashboard's variables filled in; Grafana's own (`$__rate_interval` ...) stay for the query itself. */
function interpolated(target: DataQuery, context: Readonly<PluginExtensionPanelContext>): DataQuery {
  const isRegexLanguage = target.datasource?.type === 'prometheus' || target.datasource?.type === 'loki';
  const fill = (text: string) =>
    text.replace(/\$(?!__)\w+|\$\{(?!__)[^}]+\}|\[\[(?!__)[^\]]+\]\]/g, (variable) =>
      getTemplateSrv().replace(variable, context.scopedVars, isRegexLanguage ? alternatives : undefined)
    );
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return fill(value);
    }
    if (Array.isArray(value)) {
      return value.map(walk);
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
    }
    return value;
  };
  return walk(target) as DataQuery;
}

function alternatives(value: string | readonly string[]): string {
  if (typeof value === 'string') {
    return value;
  }
  return value.length === 1 ? (value[0] ?? '') : `(${value.join('|')})`;
}

function rangeParams(range: RawTimeRange | undefined): Record<string, string> {
  const from = instantText(range?.from);
  return from === undefined ? {} : { [PARAMS.from]: from };
}

function instantText(instant: RawTimeRange['from'] | undefined): string | undefined {
  if (instant === undefined || typeof instant === 'string') {
    return instant;
  }
  return String(instant.valueOf());
}

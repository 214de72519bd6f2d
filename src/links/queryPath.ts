import type { RawTimeRange, ScopedVars } from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { forecastUrl, PARAMS } from '../routes';

const LONGEST_QUERY = 6000;
const NOT_A_SOURCE: ReadonlySet<string> = new Set(['-- Dashboard --', '-- Mixed --', '-- Grafana --', 'grafana']);

export interface QueryPlace {
  /** As they were asked; the first that is shown and names its data source is taken. */
  readonly targets: readonly DataQuery[];
  readonly title: string;
  readonly timeRange: RawTimeRange | undefined;
  readonly scopedVars?: ScopedVars;
}

/** The address of the forecast of a query; undefined where there is none to forecast. */
export function queryPath({ targets, title, timeRange, scopedVars }: QueryPlace): string | undefined {
  const target = targets.find(({ hide, datasource }) => hide !== true && datasource?.uid);
  const uid = target?.datasource?.uid;
  if (target === undefined || uid === undefined || NOT_A_SOURCE.has(uid)) {
    return undefined;
  }
  const query = JSON.stringify(interpolated(target, scopedVars));
  if (query.length > LONGEST_QUERY) {
    return undefined;
  }
  return forecastUrl({
    [PARAMS.datasource]: uid,
    [PARAMS.query]: query,
    [PARAMS.panelTitle]: title,
    ...rangeParams(timeRange),
  });
}

/** The query with the dashboard's variables filled in; Grafana's own (`$__rate_interval` ...) stay for the query itself. */
function interpolated(target: DataQuery, scopedVars: ScopedVars | undefined): DataQuery {
  const isRegexLanguage = target.datasource?.type === 'prometheus' || target.datasource?.type === 'loki';
  const fill = (text: string) =>
    text.replace(/\$(?!__)\w+|\$\{(?!__)[^}]+\}|\[\[(?!__)[^\]]+\]\]/g, (variable) =>
      getTemplateSrv().replace(variable, scopedVars, isRegexLanguage ? alternatives : undefined)
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

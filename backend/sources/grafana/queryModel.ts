import { formatDuration, type TimeGrid } from '../../timeseries/index.ts';

type Model = Readonly<Record<string, unknown>>;

/** A query's text in the field that a data source's type reads it from, as a range of numbers over time. */
const MODELS: Readonly<Record<string, (text: string, step: string) => Model>> = {
  prometheus: (expr, step) => ({ expr, range: true, instant: false, format: 'time_series', interval: step }),
  loki: (expr, step) => ({ expr, queryType: 'range', step }),
  influxdb: (query) => ({ query, rawQuery: true, resultFormat: 'time_series' }),
  graphite: (target) => ({ target, targetFull: target }),
  postgres: sqlModel,
  mysql: sqlModel,
  mssql: sqlModel,
  'grafana-postgresql-datasource': sqlModel,
  'grafana-mysql-datasource': sqlModel,
  'grafana-mssql-datasource': sqlModel,
  'grafana-clickhouse-datasource': (rawSql) => ({ rawSql, editorType: 'sql', queryType: 'timeseries', format: 0 }),
  'grafana-bigquery-datasource': (rawSql) => ({ rawSql, rawQuery: true, editorMode: 'code', format: 0 }),
  'victoriametrics-metrics-datasource': (expr, step) => ({ expr, range: true, instant: false, interval: step }),
};

/** The data source types that take a query as text. */
export const TEXT_QUERY_TYPES: readonly string[] = Object.keys(MODELS);

/**
 * A query as `/api/ds/query` takes it: text in the field of the data source's type, a model as it is; `undefined` for
 * a text where the type is not known. `refId` is A, and the grid's step is asked for.
 */
export function queryModel(
  query: string | Model,
  datasource: { readonly uid: string; readonly type: string },
  grid: TimeGrid
): Model | undefined {
  const step = formatDuration(grid.stepSeconds);
  const model = typeof query === 'string' ? MODELS[datasource.type]?.(query, step) : query;
  if (model === undefined) {
    return undefined;
  }
  return {
    intervalMs: Math.round(grid.stepSeconds * 1000),
    // One more for the instant before the first, and one for a source that counts both ends.
    maxDataPoints: grid.length + 2,
    ...model,
    refId: 'A',
    datasource: { uid: datasource.uid, type: datasource.type },
  };
}

function sqlModel(rawSql: string): Model {
  return { rawSql, rawQuery: true, format: 'time_series', editorMode: 'code' };
}
